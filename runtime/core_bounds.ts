import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { Book } from '../operators/summaries/book.js';
import { coreOf } from './report/response.js';

/** The core of the response by regime: δ further out is moved to these bounds. */
export interface CoreBounds {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** How far apart the bounds are, by regime; after a correction they are so too. */
export const coreRanges = ({ low, high }: CoreBounds): number[] => low.map((l, regime) => high[regime]! - l);

/** Of any events, whatever their regimes. */
export const widestCore = (core: CoreBounds | null): number => Math.max(0, ...(core ? coreRanges(core) : []));

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
