import { formatPlain } from '../page/client/shared/format_estimate.js';
import { textWidth } from '../page/client/shared/text_width.js';
import type { Tick } from '../page/client/shared/ticks.js';

export interface BinAxis {
  /** Where each edge is drawn. */
  readonly at: readonly number[];
  readonly domain: readonly [number, number];
  /** Absent: the usual ticks of a true scale. */
  readonly ticks?: readonly Tick[];
  /** Words for the caption, where the scale is not true. */
  readonly remark: string;
}

/**
 * How bins of these edges lie along an axis of so many pixels: to scale, unless the widest is more than eight times
 * the narrowest; then all are drawn equally wide, so that none is too narrow to see, with a tick at each edge, labelled
 * as often as the labels fit.
 */
export function binAxis(edges: readonly number[], pixels: number): BinAxis {
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]!);
  if (Math.max(...widths) <= 8 * Math.min(...widths)) {
    return { at: edges, domain: [edges[0]!, edges.at(-1)!], remark: '' };
  }
  const labels = edges.map((edge) => formatPlain(edge));
  const widest = Math.max(...labels.map((label) => textWidth(label))) + 8;
  const every = Math.ceil((widest * widths.length) / pixels);
  return {
    at: edges.map((_, i) => i),
    domain: [0, edges.length - 1],
    ticks: labels.map((label, at) => ({ at, label: at % every === 0 ? label : '' })),
    remark: ' Bins of unequal width are drawn equally wide.',
  };
}
