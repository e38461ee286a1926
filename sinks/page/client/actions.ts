import { TABS, type Range } from './address.js';
import { csvText } from './format.js';
import { indicesOf, numberAt, viewOf } from './look.js';
import type { Page } from './page.js';
import { refer } from './refer.js';
import { inOrder, worstRows } from './section_events.js';
import { offerCsv, offerSvg } from './take_away.js';
import { allWindows } from './store.js';
import { nextTheme } from './theme.js';

/** Numbers of the first and last window that are looked at. */
export function numbersNow({ state, address }: Page): readonly [first: number, last: number] {
  const windows = state ? allWindows(state) : [];
  const [first, last] = indicesOf(windows, address.range);
  return [numberAt(windows, first), numberAt(windows, last)];
}

export const spanOf = (first: number, to: number): Range => ({
  first: Math.max(0, Math.min(first, to)),
  to: Math.max(0, first, to),
});

/** As many windows, right before or after those that are looked at; null: there are none. */
function shifted({ state, address }: Page, direction: number): Range | null {
  const windows = state ? allWindows(state) : [];
  const [first, last] = indicesOf(windows, address.range);
  const by = direction * (last - first + 1);
  const [low, high] = [windows[0]?.report.index ?? 0, windows.at(-1)?.report.index ?? 0];
  if (last + by < low || first + by > high) return null;
  return spanOf(numberAt(windows, first + by), numberAt(windows, last + by));
}

function take(page: Page, what: 'svg' | 'csv', id: string): void {
  const { state, panel } = page;
  const figure = panel.drawn.find((each) => each.id === id);
  const plate = document.querySelector(`#figure-${CSS.escape(id)} .plate`);
  if (!state || !plate || !figure || 'problem' in figure) return;
  const [first, last] = numbersNow(page);
  const name = `${state.description.pipeline}-${id}-windows-${first}-${last}`;
  if (what === 'csv') offerCsv(name, csvText(figure.rows));
  else offerSvg(name, plate, figure.title, figure.summary);
}

function takeEvents(page: Page): void {
  if (!page.state) return;
  const view = viewOf(page.state, page.address, 0, false);
  const name = `${page.state.description.pipeline}-events-windows-${numbersNow(page).join('-')}`;
  offerCsv(name, csvText(inOrder(worstRows(view), page.order)));
}

/** What a button or a link does, by the word in its data-do. */
export function actionsOf(page: Page): Readonly<Record<string, (value: string) => void>> {
  const go = (change: Partial<Page['address']> | null): void => {
    if (change) page.go({ ...page.address, ...change });
  };
  return {
    tab: (value) => {
      go({ tab: TABS.find((tab) => tab === value) ?? 'overview' });
    },
    regime: (value) => {
      go({ regime: page.address.regime === Number(value) ? null : Number(value) });
    },
    all: () => {
      go({ regime: null });
    },
    stage: (value) => {
      go({ stage: value === 'corrected' ? 'corrected' : 'raw' });
    },
    last: (value) => {
      go({ range: { last: Number(value) } });
    },
    window: (value) => {
      go({ range: spanOf(Number(value), Number(value)) });
    },
    shift: (value) => {
      const range = shifted(page, Number(value));
      go(range && { range });
    },
    against: (value) => {
      const [first, to] = numbersNow(page);
      go({ against: value === 'selected' ? { first, to } : value === 'learned' ? 'learned' : 'set' });
    },
    refer: (step) => {
      void refer(page, step);
    },
    theme: () => {
      nextTheme();
      page.queue();
    },
    reload: () => {
      location.reload();
    },
    skip: () => {
      document.querySelector<HTMLElement>('#panel-title')?.focus();
    },
    svg: (id) => {
      take(page, 'svg', id);
    },
    csv: (id) => {
      take(page, 'csv', id);
    },
    sort: (column) => {
      page.order = { column, descending: page.order?.column === column ? !page.order.descending : true };
      page.queue();
    },
    'events-csv': () => {
      takeEvents(page);
    },
  };
}
