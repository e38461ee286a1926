import type { Pipeline } from '../../schemas/pipeline.js';

/** Bins in which a window quotes the response: as the pipeline gives them, else ten of equal width. */
export function reportEdges({ report, bins: [, low, high] }: Pipeline['context'][string]): readonly number[] {
  return report ?? Array.from({ length: 11 }, (_, i) => low + (i * (high - low)) / 10);
}

/** Labels `bin` of the metrics, rising: with the events above the last edge, without those below the first. */
export const binLabels = (edges: readonly number[]): string[] =>
  edges.map((low, i) => `${low}..${edges[i + 1] ?? '+Inf'}`);

/** The same for eyes. */
export const binNames = (edges: readonly number[], unit: string | undefined): string[] =>
  edges.map((low, i) => {
    const high = edges[i + 1];
    return `${high === undefined ? `≥ ${low}` : `${low} – ${high}`}${unit === undefined ? '' : ` ${unit}`}`;
  });

/** Adds the lower end of the bin that `bin` names as the label `into`. */
export const lowEnd = (expression: string, bin: string, into: string): string =>
  `label_replace(${expression}, "${into}", "$1", "${bin}", "(.+)[.][.].+")`;

/** Bins that have a lower end. */
export const BOUNDED = { like: '-?[0-9].*' } as const;
