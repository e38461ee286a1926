import { binningOf, slotOf, slotsOf, type Binning } from './binning.js';
import { correlationChange, moveCorrelation, newCorrelationSums, type CorrelationSums } from './correlation_sums.js';
import { trialSpace, tryCorrelation, type TrialSpace } from './correlation_trial.js';
import { scaleOf, standardised, type Scale } from './correlation.js';
import { divergenceAfter, moveValue, newDivergences, type Divergences } from './divergences.js';

/** How far a set of events is from its nominal values. */
export interface Score {
  /** Largest Jensen–Shannon distance of a feature (jensen_shannon.ts), in the bins of binning.ts. */
  distance: number;
  /** Change of the correlation matrix relative to its norm (correlation.ts). */
  correlation: number;
  /** Sum of the squared distances of all features. */
  divergence: number;
}

/**
 * What a set of events looks like by feature and by pair of features, as its values move: each score is exact, the same
 * whatever moves led to the values, and costs O(1) for the distance and O(d) for the correlation of a moved value
 * (and O(d) for the largest of d distances).
 */
export interface Scorer {
  readonly d: number;
  readonly binnings: readonly Binning[];
  readonly scales: readonly Scale[];
  /** Slot of event i, feature j at i d + j. */
  readonly slots: Uint16Array;
  readonly divergences: Divergences;
  readonly correlation: CorrelationSums;
  /** Score as it stands. */
  readonly score: Score;
  /** By feature: the divergence as it stands. */
  readonly divergence: Float64Array;
  readonly trial: Score;
  readonly z: Float64Array;
  readonly space: TrialSpace;
}

/**
 * A scorer at the nominal values nominal[j][i] of feature j, event i. steps[j]: 0 for a continuous feature, else its
 * values are whole multiples of it. NaN has a bin of its own and counts as the mean in the correlation; values beyond
 * 2^15 standard deviations count as that there. At most 2^22 events and 90 features (Problem).
 */
export function newScorer(nominal: readonly Float64Array[], steps: ArrayLike<number>): Scorer {
  const d = nominal.length;
  const n = nominal[0]!.length;
  const binnings = nominal.map((x, j) => binningOf(x, steps[j]!));
  const scales = nominal.map((x) => {
    const { centre, perWidth } = scaleOf(x);
    // Without a nominal width the mean's size is the unit.
    return { centre, perWidth: perWidth || 1 / (Math.abs(centre) || 1) };
  });
  const columns = nominal.map((x, j) => Uint16Array.from(x, (value) => slotOf(binnings[j]!, value)));
  const slots = new Uint16Array(n * d);
  const z = new Float64Array(n * d);
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < n; i++) {
      slots[i * d + j] = columns[j]![i]!;
      z[i * d + j] = standardised(scales[j]!, nominal[j]![i]!);
    }
  }
  return {
    ...{ d, binnings, scales, slots },
    divergences: newDivergences(columns, binnings.map(slotsOf)),
    correlation: newCorrelationSums(z, d),
    score: { distance: 0, correlation: 0, divergence: 0 },
    divergence: new Float64Array(d),
    trial: { distance: 0, correlation: 0, divergence: 0 },
    z: new Float64Array(d),
    space: trialSpace(d),
  };
}

/**
 * The score if features[c] of an event became values[c], c < count (no feature twice). The object that is returned is
 * the scorer's own: good until the next call.
 */
export function tryMove(
  scorer: Scorer,
  event: number,
  features: ArrayLike<number>,
  values: ArrayLike<number>,
  count = features.length,
): Score {
  const { d, divergence, z, trial } = scorer;
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    const to = slotOf(scorer.binnings[j]!, values[c]!);
    z[c] = standardised(scorer.scales[j]!, values[c]!);
    divergence[j] = divergenceAfter(scorer.divergences, j, scorer.slots[event * d + j]!, to);
  }
  let largest = 0;
  let sum = 0;
  for (let j = 0; j < d; j++) {
    sum += divergence[j]!;
    if (divergence[j]! > largest) largest = divergence[j]!;
  }
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    divergence[j] = divergenceAfter(scorer.divergences, j, 0, 0);
  }
  trial.distance = Math.sqrt(largest);
  trial.divergence = sum;
  trial.correlation = tryCorrelation(scorer.correlation, event, features, z, count, scorer.space);
  return trial;
}

/** Makes the move; the score as it now stands. */
export function applyMove(
  scorer: Scorer,
  event: number,
  features: ArrayLike<number>,
  values: ArrayLike<number>,
  count = features.length,
): Score {
  const { d, slots, score, divergence, z } = scorer;
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    const to = slotOf(scorer.binnings[j]!, values[c]!);
    z[c] = standardised(scorer.scales[j]!, values[c]!);
    moveValue(scorer.divergences, j, slots[event * d + j]!, to);
    slots[event * d + j] = to;
    divergence[j] = divergenceAfter(scorer.divergences, j, to, to);
  }
  moveCorrelation(scorer.correlation, event, features, z, count);
  let largest = 0;
  score.divergence = 0;
  for (const each of divergence) {
    score.divergence += each;
    largest = Math.max(largest, each);
  }
  score.distance = Math.sqrt(largest);
  score.correlation = correlationChange(scorer.correlation);
  return score;
}
