import type { StoredWindow } from '../../../schemas/page.js';
import { h, typeset, type Child } from './dom.js';
import { countText, estimateText, timeText, type Shown } from './format.js';
import { selectedOf } from './look.js';
import { regimeColour } from './palette.js';
import { badge } from './section_status.js';
import { sparkline } from './sparkline.js';
import type { View } from './view.js';

type Row = StoredWindow['report']['regimes'][number];

/** Windows of a sparkline. */
const SPARKS = 120;

/** Binomial error of a share. */
function shareOf({ share, n }: Row, events: number): Shown {
  const error = share === null || events === 0 ? null : Math.sqrt((share * (1 - share)) / events);
  return { value: share, error: n === 0 ? null : error };
}

const line = (term: Child, value: Child, title?: string): Child => [h('dt', { title }, term), h('dd', {}, value)];

function numbers(row: Row, events: number, corrected: boolean): HTMLElement {
  const { core, sigma68, pullMean, reference } = row;
  const was = (before: Shown | undefined): Child =>
    before?.value === null || before === undefined ? null : h('small', {}, ` was ${estimateText(before, '%')}`);
  return h(
    'dl',
    {},
    line('share', [estimateText(shareOf(row, events), '%'), was(reference?.share)]),
    core ? line('bias', [estimateText(core, '%'), was(reference?.core)], 'mean of the core of the response') : null,
    corrected ? line('corrected', h('strong', {}, estimateText(row.corrected?.core, '%'))) : null,
    sigma68 ? line(['σ', h('sub', {}, '68')], [estimateText(sigma68, '%'), was(reference?.sigma68)]) : null,
    pullMean ? line('pull', estimateText(pullMean), 'mean pull against the local model') : null,
    line('events', countText(row.n)),
  );
}

function sparkOf({ windows, description, dark, selected }: View, { regime, label }: Row): Element {
  const shown = windows.filter(({ report }) => report.index <= selected[1]).slice(-SPARKS);
  const points = shown.map(({ report }) => {
    const row = report.regimes.find((each) => each.regime === regime);
    const corrected = report.correction === null ? null : (row?.corrected?.core.value ?? null);
    return { x: report.index, raw: row?.core?.value ?? null, corrected };
  });
  const last = points.at(-1);
  const now = last?.corrected ?? last?.raw ?? null;
  const words = `Bias of ${label} over ${points.length} windows, now ${estimateText({ value: now, error: null }, '%')}`;
  return sparkline(points, description.limits.bias, regimeColour(regime, dark), words);
}

function card(view: View, stored: StoredWindow, row: Row): HTMLElement {
  const { regime, label, verdict, why } = row;
  const pressed = view.regime === regime;
  return h(
    'li',
    { class: `card ${verdict}`, 'data-key': `regime-${regime}` },
    h(
      'h3',
      {},
      h('span', { class: 'swatch', style: `--colour:${regimeColour(regime, view.dark)}`, 'aria-hidden': 'true' }),
      h(
        'button',
        { 'data-do': 'regime', 'data-value': regime, 'aria-pressed': String(pressed) },
        `${regime} · `,
        typeset(label),
      ),
      badge(verdict),
    ),
    row.core ? sparkOf(view, row) : null,
    numbers(row, stored.report.events, stored.report.correction !== null),
    h('p', { class: 'why' }, typeset(why)),
  );
}

/** A card for each regime: the last window that is looked at. */
export function regimesSection(view: View): HTMLElement | null {
  const stored = selectedOf(view).at(-1);
  if (!stored) return null;
  return h(
    'section',
    { 'aria-labelledby': 'regimes-title' },
    h(
      'h2',
      { id: 'regimes-title' },
      'Regimes ',
      h('small', {}, `window ${stored.report.window} · ${timeText(stored.at)}`),
    ),
    h(
      'ul',
      { class: 'cards' },
      stored.report.regimes.map((row) => card(view, stored, row)),
    ),
  );
}
