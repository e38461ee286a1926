import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { Book } from '../operators/summaries/book.js';
import { coreOf } from './report/response.js';

/** The core of the response by regime: δ further out is moved to these bounds. */
export interface CoreBounds {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Response of the core: δ further than this many σ68 from the median of its regime is moved there. */
const CORE_WIDTH = 2.5;

export function coreBounds(map: RegimeMap, observed: Book, zoomed: Book): CoreBounds {
  const byRegime = [...map.centroids.keys()].map((r) =>
    coreOf(observed, zoomed, 'response:regime', r, map.centroids.length),
  );
  return {
    low: byRegime.map(({ median, sigma68 }) => median - CORE_WIDTH * sigma68),
    high: byRegime.map(({ median, sigma68 }) => median + CORE_WIDTH * sigma68),
  };
}
