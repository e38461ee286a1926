import { applyMove, newScorer, tryMove, type Score, type Scorer } from './scorer.js';

/** Largest Jensen–Shannon distance of a feature, and change of the correlation matrix relative to its norm. */
export interface Caps {
  readonly distance: number;
  readonly correlation: number;
}

/** Events of which the distributions and correlations may move within caps only. */
export interface GuardedSet {
  readonly caps: Caps;
  readonly scorer: Scorer;
  /** Feature k of event i as it stands at [k][i]. */
  readonly features: readonly Float64Array[];
  /** Space for a move: which features change, their values, and those before. */
  readonly names: Int32Array;
  readonly values: Float64Array;
  readonly before: Float64Array;
}

/** Of the nominal features, which it then keeps and changes; steps as in newScorer. */
export function guardedSet(caps: Caps, features: readonly Float64Array[], steps: ArrayLike<number>): GuardedSet {
  const d = features.length;
  return {
    ...{ caps, features, scorer: newScorer(features, steps) },
    ...{ names: new Int32Array(d), values: new Float64Array(d), before: new Float64Array(d) },
  };
}

/** The set's score if event i had the features of row r of the columns; good until the next call. */
export function scoreAt(set: GuardedSet, i: number, columns: readonly Float64Array[], r: number): Score {
  const count = differences(set, i, columns, r);
  return count === 0 ? set.scorer.score : tryMove(set.scorer, i, set.names, set.values, count);
}

export const fits = ({ distance, correlation }: Caps, score: Score): boolean =>
  score.distance <= distance && score.correlation <= correlation;

/** How close to the caps: (correlation / cap)² + Σ (distance / cap)² over features. */
export const pressureOf = ({ distance, correlation }: Caps, score: Score): number =>
  share(score.correlation * score.correlation, correlation) + share(score.divergence, distance);

const share = (square: number, cap: number): number => (square === 0 ? 0 : square / (cap * cap));

/** Gives event i the features of row r; false, and nothing moved, where the caps would not hold. */
export function moveTo(set: GuardedSet, i: number, columns: readonly Float64Array[], r: number): boolean {
  const { caps, scorer, names, values, before, features } = set;
  const count = differences(set, i, columns, r);
  if (count === 0) return true;
  // A trial is true to 1e-15 only: what counts is the score afterwards.
  if (!fits(caps, applyMove(scorer, i, names, values, count))) {
    applyMove(scorer, i, names, before, count);
    return false;
  }
  for (let c = 0; c < count; c++) features[names[c]!]![i] = values[c]!;
  return true;
}

function differences(
  { features, names, values, before }: GuardedSet,
  i: number,
  columns: readonly Float64Array[],
  r: number,
): number {
  let count = 0;
  for (let k = 0; k < columns.length; k++) {
    const now = features[k]![i]!;
    const then = columns[k]![r]!;
    if (now === then || (Number.isNaN(now) && Number.isNaN(then))) continue;
    names[count] = k;
    before[count] = now;
    values[count++] = then;
  }
  return count;
}
