import { h, type Child } from './dom.js';
import { alertsPanel } from './section_alerts.js';
import { eventsPanel } from './section_events.js';
import { brokenBox, drawFigures, figureBox, type Drawn } from './section_figures.js';
import { healthPanel, probesTable } from './section_health.js';
import { tabTitle } from './section_look.js';
import { show } from './skeleton.js';
import type { State } from './store.js';
import type { Page } from './page.js';
import type { View } from './view.js';

/** Figures follow the windows at most this often; what the reader does shows at once. */
const FIGURES_MS = 1000;

/** What was drawn last, and of what. */
export interface Panel {
  drawn: readonly Drawn[];
  /** Counts drawings. */
  drawings: number;
  /** The drawing that is in the document. */
  shown: number;
  at: number;
  look: string;
  of: State | null;
  later: ReturnType<typeof setTimeout> | null;
}

export const emptyPanel = (): Panel => ({
  drawn: [],
  drawings: 0,
  shown: 0,
  at: -Infinity,
  look: '',
  of: null,
  later: null,
});

const isSame = (a: State | null, b: State): boolean =>
  a?.windows === b.windows &&
  a.learned === b.learned &&
  a.reference?.reference === b.reference?.reference &&
  a.alerts === b.alerts &&
  a.status.injection?.window === b.status.injection?.window &&
  JSON.stringify(a.status.probes) === JSON.stringify(b.status.probes);

/** Shows the tab of the address; draws its figures if they would look different. */
export function showPanel(page: Page, state: State, view: View): void {
  const { panel, address } = page;
  const look = JSON.stringify([address, view.width, view.dark]);
  const wait = panel.look === look ? panel.at + FIGURES_MS - performance.now() : 0;
  if (wait > 0) {
    panel.later ??= setTimeout(() => {
      panel.later = null;
      page.queue();
    }, wait);
  } else if (panel.look !== look || !isSame(panel.of, state)) {
    panel.drawn = state.windows.length > 0 ? drawFigures(address.tab, view) : [];
    panel.drawings += 1;
    Object.assign(panel, { at: performance.now(), look, of: state });
  }
  const boxes = panel.drawn.map((each) =>
    'problem' in each
      ? brokenBox(each)
      : figureBox(each, panel.drawings, panel.shown !== panel.drawings, page.openTables.has(each.id)),
  );
  panel.shown = panel.drawings;
  const empty = state.windows.length === 0 && address.tab !== 'health' && address.tab !== 'alerts';
  show(
    page.parts.panel,
    h('h2', { tabindex: -1, id: 'panel-title' }, tabTitle[address.tab]),
    aboveFigures(page, state, view),
    boxes.length > 0 ? h('div', { class: 'figures', 'data-key': 'figures' }, boxes) : null,
    empty ? emptyWords(state) : null,
  );
}

function aboveFigures({ address, order, problems }: Page, state: State, view: View): Child {
  if (address.tab === 'probes') return probesTable(state);
  if (address.tab === 'events') return eventsPanel(view, order);
  if (address.tab === 'alerts') return alertsPanel(state, problems);
  return address.tab === 'health' ? healthPanel(state) : null;
}

const emptyWords = ({ description }: State): Child =>
  h(
    'p',
    { class: 'soft empty' },
    `No window has closed yet; a window is ${description.window}. Figures come with the first one.`,
  );
