import type { Estimate } from '../../schemas/report.js';
import type { PlacedBin } from './context_bins.js';
import { stripWords, type Strip } from './flow_strips.js';
import type { Stacked } from './panel_stack.js';

interface Strips<Row> {
  readonly bins: readonly PlacedBin<Row>[];
  readonly under: Strip | null;
  readonly over: Strip | null;
}

/** What the strips of a panel hold, written at the end that is farther from the point drawn there. */
export function clearStripWords<Row>(
  panel: Stacked,
  { bins, under, over }: Strips<Row>,
  pick: (row: Row) => Estimate,
): string {
  const words = (strip: Strip | null, low: Strip | null, high: Strip | null) => {
    const value = strip && bins.find((bin) => bin.low === strip.low && bin.high === strip.high);
    const y = value ? pick(value.row).value : null;
    const up = y === null || panel.toY(y) < (panel.top + panel.bottom) / 2;
    return stripWords(panel, up ? panel.bottom : panel.top, low, high, up);
  };
  return words(under, under, null) + words(over, null, over);
}
