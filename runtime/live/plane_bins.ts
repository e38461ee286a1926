import type { Pipeline } from '../../schemas/pipeline.js';
import { reportEdges } from '../observations.js';

/** Bins of the plane of the first two context variables: report bins, joined where an axis has many. */
export interface PlaneBins {
  readonly x: Axis;
  readonly y: Axis;
  /** Cell (x, y), flow bins included, is group y · x.bins + x. */
  readonly groups: number;
}

export interface Axis {
  readonly variable: string;
  readonly edges: readonly number[];
  /** With both flow bins. */
  readonly bins: number;
  /** The bin of each report bin. */
  readonly of: Uint16Array;
}

/** Bins of an axis at most: the map is for eyes, and a report is a message. */
const MOST = 20;

/** null: there is one context variable. */
export function planeBins({ context }: Pipeline): PlaneBins | null {
  const [x, y] = Object.entries(context).map(([variable, config]) => axis(variable, reportEdges(config)));
  return x && y ? { x, y, groups: x.bins * y.bins } : null;
}

function axis(variable: string, all: readonly number[]): Axis {
  const joined = Math.ceil((all.length - 1) / MOST);
  const edges = all.filter((_, i) => i % joined === 0 || i === all.length - 1);
  const of = Uint16Array.from({ length: all.length + 1 }, (_, bin) =>
    bin === 0 ? 0 : bin === all.length ? edges.length : 1 + Math.floor((bin - 1) / joined),
  );
  return { variable, edges, bins: edges.length + 1, of };
}

/** The group of each event, from its report bins. */
export function planeGroups({ x, y }: PlaneBins, xBin: Uint16Array, yBin: Uint16Array, n: number): Uint16Array {
  const out = new Uint16Array(n);
  for (let i = 0; i < n; i++) out[i] = y.of[yBin[i]!]! * x.bins + x.of[xBin[i]!]!;
  return out;
}
