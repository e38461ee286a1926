import * as plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Canvas, DrawOn } from '../../../../../sinks/page/client/figures/drawing/canvas.js';
import type { WindowReport } from '../../../../../schemas/window_report.js';
import type { Figure, View } from '../../../../../sinks/page/client/view.js';
import {
  pageAlert,
  pageDescription,
  pageStatus,
  storedWindows,
  windowReports,
  type Story,
} from '../../../../support/window_reports.js';

const parse = parseHTML as (html: string) => { readonly document: Document };

export const canvas: Canvas = { plot, document: parse('<html><body></body></html>').document };

/** A stream that goes bad at window 12 and is corrected from window 20 on. */
export const STORY: Story = { windows: 26, eventsPerWindow: 1500, driftFrom: 12, correctedFrom: 20 };

/** Reports are plain data that no figure changes: simulated once a story. */
const told = new Map<string, WindowReport[]>();

function reportsOf(story: Story): WindowReport[] {
  const key = JSON.stringify(story);
  const known = told.get(key) ?? windowReports(story);
  told.set(key, known);
  return known;
}

export function viewOf(story: Story = STORY, more: Partial<View> = {}): View {
  const windows = storedWindows(reportsOf(story));
  return {
    ...{ description: pageDescription(story), windows, selected: [14, 18], reference: windows.slice(0, 8) },
    ...{ regime: null, stage: 'raw', alerts: [pageAlert(114, 121)], status: pageStatus({}), width: 640, dark: false },
    ...more,
  };
}

export const drawn = (draw: DrawOn, view: View): Figure | null => draw(view, canvas);

/** Every figure of the page has to stand these. */
export const ODD: readonly (readonly [string, Story, Partial<View>])[] = [
  ['no window', { ...STORY, windows: 0 }, { selected: [0, 0] }],
  ['no response', { ...STORY, response: false }, {}],
  ['one regime and one variable', { ...STORY, regimes: 1, context: ['H_T'] }, {}],
  ['three variables', { ...STORY, context: ['H_T', 'abs_deta', 'mu'] }, {}],
  ['few events', { ...STORY, eventsPerWindow: 12 }, {}],
  ['a single window', STORY, { selected: [15, 15] }],
  ['one regime of four, dark, on a phone', STORY, { regime: 2, dark: true, width: 320 }],
  ['corrected', STORY, { stage: 'corrected', selected: [20, 25] }],
  ['nothing to compare with', STORY, { reference: [] }],
];
