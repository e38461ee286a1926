import type { PageAlert } from '../../../schemas/page.js';
import { h, typeset, type Child } from './dom.js';
import { dateText, numberText, timeText } from './format.js';
import type { State } from './store.js';

const stateMark = { pending: '…', firing: '▲', resolved: '✓' } as const;

const stateWord = (alert: PageAlert): string =>
  alert.inhibitedBy === null ? alert.state : `${alert.state}, explained by ${alert.inhibitedBy}`;

const tag = (alert: PageAlert): HTMLElement =>
  h(
    'span',
    { class: `tag ${alert.severity} ${alert.state}` },
    h('span', { 'aria-hidden': 'true' }, stateMark[alert.state]),
    ` ${stateWord(alert)} · ${alert.severity}`,
  );

/** When and at which window an alert fired and ended. */
export const where = ({ firedWindow, resolvedWindow, activeAt, firedAt, resolvedAt }: PageAlert): Child => [
  h('time', { title: dateText(firedAt ?? activeAt) }, timeText(firedAt ?? activeAt)),
  firedWindow === null
    ? null
    : [
        ' · window ',
        h(
          'a',
          { href: `#windows=${firedWindow}-${firedWindow}`, 'data-do': 'window', 'data-value': firedWindow },
          firedWindow,
        ),
      ],
  resolvedAt === null ? null : [' · over at ', h('time', { title: dateText(resolvedAt) }, timeText(resolvedAt))],
  resolvedWindow === null ? null : ` (window ${resolvedWindow})`,
];

/** Addresses of a runbook that a browser may follow. */
const runbook = ({ runbook }: PageAlert): Child =>
  /^https?:\/\//.test(runbook)
    ? h('a', { href: runbook, rel: 'noreferrer' }, 'Runbook')
    : runbook === ''
      ? null
      : ['runbook: ', h('code', {}, runbook)];

function acknowledgement({ id, state, name, acknowledged }: PageAlert, problem: string | undefined): Child {
  if (acknowledged)
    return h('p', { class: 'soft' }, `acknowledged ${timeText(acknowledged.at)}: ${acknowledged.note || 'no note'}`);
  if (state !== 'firing') return null;
  const field = `note-${id}`;
  return h(
    'form',
    { class: 'acknowledge', 'data-do': 'acknowledge', 'data-id': id },
    h('label', { for: field }, 'Note'),
    h('input', { id: field, name: 'note', maxlength: 500, autocomplete: 'off' }),
    h('button', { 'aria-label': `Acknowledge ${name}` }, 'Acknowledge'),
    problem === undefined ? null : h('span', { role: 'alert' }, `Not acknowledged: ${problem}`),
  );
}

const alertItem = (alert: PageAlert, problem: string | undefined): HTMLElement =>
  h(
    'li',
    { class: `alert ${alert.severity} ${alert.state}`, 'data-key': `alert-${alert.id}`, tabindex: -1 },
    h(
      'p',
      { class: 'head' },
      h('strong', {}, alert.name),
      ' ',
      tag(alert),
      ' ',
      h('span', { class: 'soft' }, where(alert)),
    ),
    h('p', {}, typeset(alert.summary)),
    h(
      'p',
      { class: 'soft' },
      typeset(alert.description),
      ` Value ${numberText(alert.value)}`,
      alert.limit === null ? '. ' : `, limit ${numberText(alert.limit)}. `,
      runbook(alert),
    ),
    acknowledgement(alert, problem),
  );

/** Alerts that are active, and those that were. */
export function alertsPanel({ alerts }: State, problems: ReadonlyMap<string, string>): Child {
  const list = (title: string, of: readonly PageAlert[], none: string): Child => [
    h('h3', {}, title),
    of.length === 0
      ? h('p', { class: 'soft' }, none)
      : h(
          'ul',
          { class: 'alerts' },
          of.map((alert) => alertItem(alert, problems.get(alert.id))),
        ),
  ];
  const active = alerts.filter(({ state }) => state !== 'resolved');
  const over = alerts.filter(({ state }) => state === 'resolved');
  return [
    list('Active', active, 'No alert is active or about to be.'),
    list('History', over, 'No alert has been resolved yet.'),
  ];
}
