import { h, typeset, type Child } from './dom.js';
import { numberText } from './format.js';
import { numberAt, selectedOf } from './look.js';
import type { FigureRow, View } from './view.js';

export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

const MOST_SHOWN = 100;

/** The events with the largest pulls of the windows that are looked at, a row each: largest |pull| first. */
export function worstRows(view: View): FigureRow[] {
  const rows: FigureRow[] = selectedOf(view).flatMap(({ report }) =>
    (report.worst ?? [])
      .filter(({ regime }) => view.regime === null || regime === view.regime)
      .map(({ identity, regime, delta, pull, values }) => {
        return { event: identity, window: report.window, regime, pull, delta, ...values };
      }),
  );
  return rows.sort((a, b) => Math.abs(Number(b['pull'])) - Math.abs(Number(a['pull'])));
}

/** Rows in another order: numbers by value, text by letter; what is not known comes last. */
export function inOrder(rows: readonly FigureRow[], order: Order | null): readonly FigureRow[] {
  if (!order) return rows;
  const sign = order.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[order.column] ?? null, b[order.column] ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x).localeCompare(String(y), 'en', { numeric: true });
  });
}

/** Events behind the numbers: the worst pulls, with the parameters of their objects. */
export function eventsPanel(view: View, order: Order | null): Child {
  const rows = inOrder(worstRows(view), order);
  const [first, last] = view.selected.map((index) => numberAt(view.windows, index)) as [number, number];
  const span = first === last ? `window ${first}` : `windows ${first} to ${last}`;
  if (rows.length === 0) {
    return h(
      'p',
      { class: 'soft' },
      `No events are kept for ${span}: only the last windows have theirs, where there is a local model.`,
    );
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const sorted = (column: string): string =>
    order?.column === column ? (order.descending ? 'descending' : 'ascending') : 'none';
  const arrow = { none: '', ascending: ' ↑', descending: ' ↓' } as Readonly<Record<string, string>>;
  return [
    h(
      'p',
      {},
      `The largest |pull| of ${span}: ${Math.min(rows.length, MOST_SHOWN)} of ${rows.length} events kept. `,
      h('button', { 'data-do': 'events-csv' }, 'Download CSV'),
    ),
    h(
      'div',
      { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Events with the largest pulls' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            columns.map((column) =>
              h(
                'th',
                { scope: 'col', 'aria-sort': sorted(column) },
                h(
                  'button',
                  { 'data-do': 'sort', 'data-value': column },
                  typeset(column),
                  h('span', { 'aria-hidden': 'true' }, arrow[sorted(column)]),
                ),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          rows.slice(0, MOST_SHOWN).map((row) =>
            h(
              'tr',
              {},
              columns.map((column) => {
                const value = row[column];
                return h('td', {}, typeof value === 'string' ? value : numberText(value));
              }),
            ),
          ),
        ),
      ),
    ),
  ];
}
