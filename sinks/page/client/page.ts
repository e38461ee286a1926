import { writeAddress, type Address, type Span } from './address.js';
import { emptyPanel, showPanel, type Panel } from './panel.js';
import { viewOf } from './look.js';
import type { Refer } from './refer.js';
import type { Order } from './section_events.js';
import { firingSection } from './section_firing.js';
import { lookControls, tabsNav } from './section_look.js';
import { regimesSection } from './section_regimes.js';
import { statusSection, verdictMark, verdictWord } from './section_status.js';
import { show, topBar, type Skeleton } from './skeleton.js';
import type { State } from './store.js';
import { createStrip } from './strip.js';
import { isDark } from './theme.js';

/** What is shown, and what the reader has chosen. */
export interface Page {
  readonly parts: Skeleton;
  state: State | null;
  address: Address;
  /** Of the table of events. */
  order: Order | null;
  /** The pointer is down on the strip. */
  dragging: boolean;
  readonly panel: Panel;
  /** Figures whose data is shown. */
  readonly openTables: Set<string>;
  /** Why an alert could not be acknowledged. */
  readonly problems: Map<string, string>;
  readonly referring: Refer;
  /** Shows what has changed, with the next frame. */
  readonly queue: () => void;
  /** Asks for windows of spans, if they are not held. */
  visit: (spans: readonly Span[]) => void;
  /** Looks at something else: a step of the browser's history. */
  readonly go: (next: Address) => void;
}

/** Width of a figure: two beside each other where there is room. */
function figureWidth({ panel }: Skeleton): number {
  const room = panel.clientWidth;
  return Math.max(280, Math.floor(room >= 1000 ? (room - 16) / 2 : room) - 26);
}

export function createPage(parts: Skeleton, address: Address): Page {
  let queued = false;
  const page: Page = {
    ...{ parts, address, state: null, order: null, dragging: false },
    ...{ panel: emptyPanel(), openTables: new Set(), problems: new Map() },
    referring: { asked: null, problem: null },
    visit: () => undefined,
    queue() {
      if (queued) return;
      queued = true;
      requestAnimationFrame(() => {
        queued = false;
        if (page.state) render(page, page.state, strip);
      });
    },
    go(next) {
      page.address = next;
      history.pushState(null, '', writeAddress(next) || location.pathname);
      page.queue();
    },
  };
  const strip = createStrip(parts.strip, (first, to) => {
    page.go({ ...page.address, range: { first, to } });
  });
  return page;
}

function render(page: Page, state: State, strip: ReturnType<typeof createStrip>): void {
  const { parts, address } = page;
  page.visit([address.range, address.against].filter((range) => typeof range === 'object' && 'first' in range));
  show(parts.top, topBar(state));
  show(parts.status, statusSection(state, Date.now()));
  show(parts.firing, firingSection(state));
  const view = viewOf(state, address, figureWidth(parts), isDark());
  show(parts.regimes, regimesSection(view));
  parts.timeline.hidden = state.windows.length === 0;
  show(parts.controls, lookControls(state, view, address, page.referring));
  parts.strip.setAttribute(
    'aria-label',
    'Bias of the regimes over the windows, with the selected ones shaded. The controls below select them by keyboard.',
  );
  strip.show({ ...view, width: parts.strip.clientWidth }, page.dragging);
  const firing = state.alerts.filter((alert) => alert.state === 'firing' && alert.inhibitedBy === null);
  show(parts.tabs, tabsNav(address, { alerts: firing.length }));
  showPanel(page, state, view);
  const { verdict } = state.status;
  document.title = `${verdictMark[verdict]} ${verdictWord[verdict]} · ${state.description.title}`;
}
