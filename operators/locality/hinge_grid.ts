import type { BaselineKind } from './baseline.js';
import { firstAbove, sumsFrom } from './running_sums.js';

/**
 * The curves u(t) = (min(t, p) − h)₊ / (1 + κ t) that a hinge fit compares, on joined bins at t = (x − first) / span.
 * All that does not depend on y, so that the replicates of a bootstrap share it.
 */
export interface HingeGrid {
  readonly baseline: BaselineKind;
  readonly first: number;
  readonly span: number;
  readonly t: Float64Array;
  readonly weight: Float64Array;
  /** Σ w, Σ w t / Σ w and Σ w (t − that)². */
  readonly moments: readonly [sum: number, mean: number, square: number];
  /** Candidates of the onset h: the bins' centres and the middles between them, with room for `ROOM` bins above. */
  readonly h: Float64Array;
  /** Candidates of the plateau's start p: at most 20 centres; the last is ∞, no plateau. */
  readonly p: Float64Array;
  /** First bin above each h and p. */
  readonly hIndex: Int32Array;
  readonly pIndex: Int32Array;
  /** So many h, from the first, go with each p: bins lie between them. */
  readonly onsets: Int32Array;
  readonly families: readonly HingeFamily[];
}

/** One curvature κ. Sums over the bins from i on, so that a range of bins is a difference of two. */
export interface HingeFamily {
  readonly curvature: number;
  /** 1 / (1 + κ t), and weight / (1 + κ t). */
  readonly shape: Float64Array;
  readonly weightedShape: Float64Array;
  /** Σ w s tᵏ and Σ w s² tᵏ, k = 0, 1, 2, s the shape. */
  readonly linear: readonly [Float64Array, Float64Array, Float64Array];
  readonly square: readonly [Float64Array, Float64Array, Float64Array];
  /** ‖u‖² after the baseline is projected out, [p][h]; 0 where the pair is not a candidate. */
  readonly norm: Float64Array;
}

/** Joined bins that must lie above an onset, and between it and a plateau. */
const ROOM = 3;
const RISE = 2;
const PLATEAUS = 20;
/** 1 + κ is the growth of the resolution from the first bin to the last: none (a straight hinge) to 17-fold. */
const CURVATURES = [0, 1, 2, 4, 8, 16];

export function hingeGrid(x: Float64Array, error: Float64Array, baseline: BaselineKind): HingeGrid {
  const bins = x.length;
  const first = x[0]!;
  const span = x[bins - 1]! - first;
  const t = x.map((each) => (each - first) / span);
  const weight = error.map((each) => 1 / (each * each));
  const sum = sumsFrom(weight)[0]!;
  const mean = sumsFrom(weight.map((w, i) => w * t[i]!))[0]! / sum;
  const square = sumsFrom(weight.map((w, i) => w * (t[i]! - mean) * (t[i]! - mean)))[0]!;
  const h: number[] = [];
  for (let i = baseline === 'line' ? ROOM : 0; i < bins - ROOM; i++) h.push(t[i]!, (t[i]! + t[i + 1]!) / 2);
  const inner = bins - 3;
  const plateaus = Math.min(PLATEAUS, inner);
  const p = Array.from({ length: plateaus }, (_, k) => t[2 + Math.floor((k * inner) / plateaus)]!);
  p.push(Infinity);
  const hIndex = Int32Array.from(h, (each) => firstAbove(t, each));
  const pIndex = Int32Array.from(p, (each) => firstAbove(t, each));
  const grid = {
    ...{ baseline, first, span, t, weight },
    moments: [sum, mean, square] as const,
    h: Float64Array.from(h),
    p: Float64Array.from(p),
    ...{ hIndex, pIndex },
    onsets: pIndex.map((above) => firstAbove(hIndex, above - RISE)),
  };
  return { ...grid, families: CURVATURES.map((curvature) => family(grid, curvature)) };
}

function family(grid: Omit<HingeGrid, 'families'>, curvature: number): HingeFamily {
  const { t, weight, h, p, hIndex, pIndex, onsets } = grid;
  const shape = t.map((each) => 1 / (1 + curvature * each));
  const weightedShape = weight.map((w, i) => w * shape[i]!);
  const weightedSquare = weightedShape.map((ws, i) => ws * shape[i]!);
  const powers = (column: Float64Array): [Float64Array, Float64Array, Float64Array] => {
    const first = column.map((each, i) => each * t[i]!);
    return [sumsFrom(column), sumsFrom(first), sumsFrom(first.map((each, i) => each * t[i]!))];
  };
  const norm = new Float64Array(h.length * p.length);
  const made = { curvature, shape, weightedShape, linear: powers(weightedShape), square: powers(weightedSquare), norm };
  for (let k = 0; k < p.length; k++) {
    for (let i = 0; i < onsets[k]!; i++) {
      norm[k * h.length + i] = normBetween(grid, made, h[i]!, p[k]!, hIndex[i]!, pIndex[k]!);
    }
  }
  return made;
}

/** ‖u‖² less what the baseline takes of it; 0 where nothing but rounding is left. */
export const normOf = (grid: HingeGrid, from: HingeFamily, h: number, p: number): number =>
  normBetween(grid, from, h, p, firstAbove(grid.t, h), firstAbove(grid.t, p));

/** The same, with i and j the first bins above h and p. */
function normBetween(
  grid: Omit<HingeGrid, 'families'>,
  from: HingeFamily,
  h: number,
  p: number,
  i: number,
  j: number,
): number {
  const { t, baseline, moments } = grid;
  const { linear, square: squares } = from;
  const top = j < t.length ? p - h : 0;
  const q0 = squares[0];
  const q1 = squares[1];
  const q2 = squares[2];
  const square = q2[i]! - q2[j]! - 2 * h * (q1[i]! - q1[j]!) + h * h * (q0[i]! - q0[j]!) + top * top * q0[j]!;
  if (baseline === 'known') return square;
  const l0 = linear[0];
  const l1 = linear[1];
  const inner = l1[i]! - l1[j]!;
  const one = inner - h * (l0[i]! - l0[j]!) + top * l0[j]!;
  let left = square - (one * one) / moments[0];
  if (baseline === 'line') {
    const l2 = linear[2];
    const tilt = l2[i]! - l2[j]! - h * inner + top * l1[j]! - moments[1] * one;
    left -= (tilt * tilt) / moments[2];
  }
  return left > 1e-9 * square ? left : 0;
}
