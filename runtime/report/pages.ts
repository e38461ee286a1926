import type { Book } from '../../operators/summaries/book.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { Pipeline } from '../../schemas/pipeline.js';

/** The state under a key of a book; the key tells its type (observations.ts). */
// The type of a state is known to the caller alone.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function stateOf<State>(book: Book, key: string): State {
  const page = book[key];
  if (page === undefined) throw new Error(`no summary '${key}' in the book`);
  return page.state as State;
}

/** Edges of equal bins. */
export const edgesOf = ([bins, low, high]: HistogramState['bins']): number[] =>
  Array.from({ length: bins + 1 }, (_, i) => low + (i * (high - low)) / bins);

/** A figure's axis. */
export interface Axis {
  variable: string;
  title: string;
  unit: string | null;
  edges: number[];
}

export function contextAxis(pipeline: Pipeline, variable: string, edges?: number[]): Axis {
  const { title, unit, bins } = pipeline.context[variable]!;
  return { variable, title: title ?? variable, unit: unit ?? null, edges: edges ?? edgesOf(bins) };
}

export function spectrumAxis(pipeline: Pipeline): Axis {
  const { title, unit, bins, reco } = pipeline.spectrum!;
  return { variable: 'spectrum', title: title ?? reco, unit: unit ?? null, edges: edgesOf(bins) };
}
