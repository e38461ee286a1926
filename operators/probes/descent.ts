import type { BestPoints } from './best_points.js';
import { at } from './columns.js';
import { gradient } from './gradient.js';
import { lineSearch } from './line_search.js';
import { beyondPrior, chiSquare, type Penalty, type PriorRange } from './penalties.js';
import { steepest } from './steepest.js';

export interface DescentOptions {
  /** Weight of χ²(x, x′), the mean of squared pulls; default 0. */
  readonly lambdaChi2?: number;
  /** Weight of the squared distance beyond `prior`, in σ; default 0. */
  readonly lambdaPrior?: number;
  /** Where the nominal events are (priorRange of the sample); needed for lambdaPrior. */
  readonly prior?: PriorRange;
  /** Half the width of the differences that give the gradient, in pulls; default 0.1. */
  readonly gradientStep?: number;
  /** An event whose margin is below this is done; default -Infinity: it is lowered as far as it goes. */
  readonly enough?: number;
  /**
   * An event is done with its first step where that brings it less than this part of its way to `enough`; where the
   * gradient promises no more either, a step of full length is all that is tried. Default 0: no event is given up.
   */
  readonly hopeless?: number;
  /** ∂ margin / ∂ pull of every event as it is, where it is known: it is not asked again. */
  readonly slope?: readonly Float64Array[];
}

const SHORTEST = 1e-3;
/** A step that gains less than this part of what was gained in all is the last. */
const WORTH = 1e-4;

/** Projected gradient descent (see projectedGradient) of `rows` from their best points, which it lowers in place. */
export async function descend(
  best: BestPoints,
  rows: Int32Array,
  steps: number,
  options: DescentOptions,
  onProgress: (done: number) => void | Promise<void> = () => undefined,
): Promise<void> {
  const { envelope, events, objective, size } = best;
  const { gradientStep = 0.1, enough = -Infinity, hopeless = 0 } = options;
  const loss = best.margin.slice();
  const nominal = best.margin.slice();
  const penalty = penaltyOf(best, options);
  const start = penalty?.(rows, at(best.x, rows)).value;
  if (start !== undefined) for (let r = 0; r < rows.length; r++) loss[rows[r]!]! += start[r]!;
  const first = loss.slice();
  // By event, as x and margin are.
  const length = new Float64Array(events.length).fill(size);
  const slope = best.x.map(() => new Float64Array(events.length));
  const isOpen = (i: number): boolean => best.margin[i]! >= enough && length[i]! > SHORTEST * size;
  let active = rows.filter(isOpen);
  let moved = active;
  for (let step = 0; step < steps && active.length > 0; step++) {
    const x = at(best.x, moved);
    const found =
      step === 0 && options.slope
        ? { gradient: at(options.slope, moved), evaluations: 0 }
        : await gradient(envelope, events, objective, moved, x, {
            ...{ step: gradientStep, size, margin: at([best.margin], moved)[0]! },
          });
    best.evaluations += found.evaluations;
    const extra = penalty?.(moved, x).gradient;
    slope.forEach((column, j) => {
      for (let r = 0; r < moved.length; r++) column[moved[r]!] = found.gradient[j]![r]! + (extra?.[j]![r] ?? 0);
    });
    const direction = steepest(envelope, events, active, at(slope, active), 1);
    const before = at([loss], active)[0]!;
    /** Whether the gradient promises event active[r] enough for a search along its direction. */
    const isWorth = (r: number): boolean => {
      const i = active[r]!;
      let gain = 0;
      for (let j = 0; j < slope.length; j++) gain -= slope[j]![i]! * direction[j]![r]! * length[i]!;
      return gain >= hopeless * (nominal[i]! - enough);
    };
    const isTried = (r: number, part: number): boolean =>
      part === 1 || (best.margin[active[r]!]! >= enough && (step > 0 || hopeless === 0 || isWorth(r)));
    const taken = await lineSearch(best, active, direction, { length, loss, nominal, isTried, penalty });
    moved = active.filter((_, r) => taken[r]! > 0);
    active.forEach((i, r) => {
      const gain = before[r]! - loss[i]!;
      if (taken[r] === 0) length[i]! /= 16;
      else length[i] = gain < WORTH * (first[i]! - loss[i]!) ? 0 : Math.min(size, 2 * taken[r]! * length[i]!);
    });
    if (step === 0 && hopeless > 0) {
      for (const i of active) if (first[i]! - loss[i]! < hopeless * (nominal[i]! - enough)) length[i] = 0;
    }
    active = active.filter(isOpen);
    moved = moved.filter(isOpen);
    await onProgress((step + 1) / steps);
  }
}

function penaltyOf(
  { envelope, events }: BestPoints,
  { lambdaChi2 = 0, lambdaPrior = 0, prior }: DescentOptions,
): ((rows: Int32Array, x: readonly Float64Array[]) => Penalty) | undefined {
  if (lambdaChi2 === 0 && lambdaPrior === 0) return undefined;
  return (rows, x) => {
    const chi2 = chiSquare(envelope, events, rows, x);
    const beyond = prior === undefined ? undefined : beyondPrior(prior, envelope, events, rows, x);
    return {
      value: chi2.value.map((value, r) => lambdaChi2 * value + lambdaPrior * (beyond?.value[r] ?? 0)),
      gradient: chi2.gradient.map((column, j) =>
        column.map((value, r) => lambdaChi2 * value + lambdaPrior * (beyond?.gradient[j]![r] ?? 0)),
      ),
    };
  };
}
