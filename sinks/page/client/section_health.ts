import { h, type Child } from './dom.js';
import { countText, dateText, durationText, estimateText } from './format.js';
import type { State } from './store.js';

const row = (term: string, value: Child, why?: string): Child =>
  h('tr', {}, h('th', { scope: 'row' }, term), h('td', {}, value), h('td', { class: 'soft' }, why ?? null));

/** Whether the program itself is well, and what became of every event. */
export function healthPanel({ status, windows, description }: State): Child {
  const { events, rate, lag, checkpointAgeSeconds } = status;
  const rejected = Object.entries(events.rejected);
  const sum = rejected.reduce((total, [, n]) => total + n, 0);
  const last = windows.at(-1);
  return h(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Health' },
    h(
      'table',
      { class: 'facts' },
      h(
        'tbody',
        {},
        row('rate', rate === null ? '–' : `${countText(rate)} events/s`, 'over the last ten seconds'),
        row(
          'lag',
          lag === null ? '–' : `${countText(lag)} events`,
          lag === null ? 'not a stream with a log, or not known' : 'in the log, not in the state',
        ),
        row(
          'checkpoint',
          checkpointAgeSeconds === null ? '–' : `${durationText(checkpointAgeSeconds)} old`,
          checkpointAgeSeconds === null ? 'no state is kept' : undefined,
        ),
        row(
          'windows',
          countText(status.windows),
          `${description.window}${last ? `; last closed ${dateText(last.at)}` : ''}`,
        ),
        row('read', countText(events.read), 'used + rejected + late + duplicate'),
        row('used', countText(events.used)),
        row('rejected', countText(sum), rejected.length === 0 ? 'none' : undefined),
        rejected.map(([reason, n]) => row(`– ${reason}`, countText(n))),
        row('late', countText(events.late), 'of windows that had closed'),
        row('duplicate', countText(events.duplicate)),
        row('models', status.models === null ? '–' : h('code', {}, status.models.slice(0, 12))),
        row(
          'correction',
          status.correction === null ? 'none in effect' : h('code', {}, status.correction.slice(0, 12)),
        ),
        row('source', description.source),
        row('pipeline', [description.pipeline, ' ', h('code', {}, description.pipelineHash.slice(0, 12))]),
        row('regimewatch', description.version),
      ),
    ),
  );
}

/** What each probe fooled, beside its control. */
export function probesTable({ status: { probes } }: State): Child {
  if (probes.length === 0) return h('p', { class: 'soft' }, 'No probe runs in this stream.');
  const head = ['probe', 'model', 'regime', 'fooled', 'control', 'sampled', 'skipped'];
  return h(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Probes' },
    h(
      'table',
      {},
      h(
        'caption',
        {},
        'Share of events that a perturbation inside the uncertainties fools, beside random ones of the same size.',
      ),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        {},
        probes.map(({ name, model, regime, fooled, control, sampled, skipped }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, name),
            h('td', { class: 'word' }, model),
            h('td', { class: 'word' }, regime),
            h('td', {}, estimateText(fooled, '%')),
            h('td', {}, estimateText(control, '%')),
            h('td', {}, countText(sampled)),
            h('td', {}, countText(skipped)),
          ),
        ),
      ),
    ),
  );
}
