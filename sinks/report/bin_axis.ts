import { formatPlain } from './format_estimate.js';
import type { Tick } from './ticks.js';

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
 * How bins of these edges lie along an axis: to scale, unless the widest is more than eight times the narrowest;
 * then all are drawn equally wide, with their edges as ticks, so that none is too narrow to see.
 */
export function binAxis(edges: readonly number[]): BinAxis {
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]!);
  if (Math.max(...widths) <= 8 * Math.min(...widths)) {
    return { at: edges, domain: [edges[0]!, edges.at(-1)!], remark: '' };
  }
  const every = Math.ceil(edges.length / 10);
  const ticks = edges.map((edge, at) => ({ at, label: at % every === 0 ? formatPlain(edge) : '' }));
  return {
    at: edges.map((_, i) => i),
    domain: [0, edges.length - 1],
    ticks,
    remark: ' Bins of unequal width are drawn equally wide.',
  };
}
