import type { Pipeline } from '../../schemas/pipeline.js';
import { reportEdges } from '../observations.js';

/**
 * Bins along a context variable in which a window is summed up: each report bin in equal parts, so that a profile has the
 * bins that an onset needs, and the report bins are unions of them.
 */
export interface FineBins {
  readonly edges: readonly number[];
  readonly parts: number;
  /** The flow bins, the first and the last, are whole. */
  readonly groups: number;
}

/** About as many bins, in at most so many parts. */
const WANTED = 24;
const MOST_PARTS = 8;

export function fineBins(variable: Pipeline['context'][string]): FineBins {
  const edges = reportEdges(variable);
  const bins = edges.length - 1;
  const parts = Math.min(MOST_PARTS, Math.ceil(WANTED / bins));
  return { edges, parts, groups: bins * parts + 2 };
}

/** The group of each event, from its report bin (0 below, edges.length above). */
export function fineGroups({ edges, parts }: FineBins, x: Float64Array, bin: Uint16Array, n: number): Uint16Array {
  const out = new Uint16Array(n);
  const bins = edges.length - 1;
  const scale = edges.map((edge, b) => (b < bins ? parts / (edges[b + 1]! - edge) : 0));
  for (let i = 0; i < n; i++) {
    const b = bin[i]!;
    if (b === 0) continue;
    if (b > bins) out[i] = bins * parts + 1;
    else {
      const part = Math.floor((x[i]! - edges[b - 1]!) * scale[b - 1]!);
      out[i] = 1 + (b - 1) * parts + Math.min(parts - 1, part);
    }
  }
  return out;
}

/** The report bin of each group. */
export const reportBinOf = ({ edges, parts, groups }: FineBins): number[] =>
  Array.from({ length: groups }, (_, g) =>
    g === 0 ? 0 : g === groups - 1 ? edges.length : 1 + Math.floor((g - 1) / parts),
  );

/** Edges of a group; those of flow bins are infinite. */
export function edgesOfGroup({ edges, parts, groups }: FineBins, g: number): readonly [low: number, high: number] {
  if (g === 0) return [-Infinity, edges[0]!];
  if (g === groups - 1) return [edges.at(-1)!, Infinity];
  const [bin, part] = [Math.floor((g - 1) / parts), (g - 1) % parts];
  const [low, high] = [edges[bin]!, edges[bin + 1]!];
  const edge = (k: number): number => (k === parts ? high : low + (k * (high - low)) / parts);
  return [edge(part), edge(part + 1)];
}
