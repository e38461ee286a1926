import type { MomentsState } from '../summaries/moments.js';
import { effectiveN } from './effective_n.js';
import { estimate, type Estimate } from './estimate.js';
import { mean } from './mean.js';
import { wilson } from './wilson.js';

/**
 * Mean of values that were moved to within bounds `range` apart (a winsorised response), in their unit, with its error.
 *
 * Where all n values are the same, s / √n is 0, and yet nothing is known to error 0: a response that has left the bounds
 * wholly looks like this. Its error is range / (n + 1): of a share of the events, none of n seen, the upper end of the
 * Wilson interval (wilson.ts, 68 %) is 1 / (n + 1), and so many may lie anywhere between the bounds. In all other cases
 * that of mean.ts. No events: unknown; one event, or bounds that are not apart: no error.
 */
export function boundedMean(moments: MomentsState, group: number, range: number): Estimate {
  const found = mean(moments, group);
  if (found.value === null || found.error !== 0) return found;
  return estimate(found.value, range > 0 ? range * wilson(0, effectiveN(moments, group)).high : NaN);
}
