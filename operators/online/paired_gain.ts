import type { CorrectionModel } from '../correction/correction_model.js';
import { correctionOfCells } from '../correction/candidates.js';
import type { Gain } from '../correction/gain.js';
import { regimeCells } from '../correction/regime_cells.js';
import { assignRegimes } from '../regimes/assign.js';
import type { RegimeMap } from '../regimes/regime_map.js';
import { cellRows, type ResponseCellsState } from '../summaries/response_cells.js';
import { variance } from '../summaries/variance.js';
import { inUnitsOf } from './match_regimes.js';

/** Over events, of the gain g of a challenger on an old model: number, Σ g, Σ g², and the old model's own Σ loss. */
export interface GainSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  readonly loss: number;
}

export const NO_GAIN: GainSums = { n: 0, sum: 0, squares: 0, loss: 0 };

/** The sums of both, so that gains add up over windows. */
export const addGains = (a: GainSums, b: GainSums): GainSums => ({
  n: a.n + b.n,
  sum: a.sum + b.sum,
  squares: a.squares + b.squares,
  loss: a.loss + b.loss,
});

/** The mean gain and its error √((Σ g² / n − ḡ²) / (n − 1)): every event is paired with itself. */
export function meanGain({ n, sum, squares }: GainSums): Gain {
  if (n === 0) return { n, value: 0, error: null };
  const value = sum / n;
  return { n, value, error: n < 2 ? null : Math.sqrt(Math.max(0, variance(squares / n, value)) / (n - 1)) };
}

/** Map and correction that belong together. */
export interface MapAndCorrection {
  readonly map: RegimeMap;
  readonly correction: CorrectionModel;
}

/**
 * Gain in squared residual of δ of the events of one split: g = (y − c)² − (y − c')² = e (2y − s), with c and c' the old
 * and the new correction at the centre of the event's cell, each by its own map, e = c' − c and s = c' + c. Of a cell
 * with n, Σy and Σy²: Σ g = e (2 Σy − n s), Σ g² = e² (4 Σy² − 4 s Σy + n s²).
 */
export function responseGain(
  cells: ResponseCellsState,
  old: MapAndCorrection,
  challenger: MapAndCorrection,
  split: number,
): GainSums {
  const before = correctionOfCells(old.correction, regimeCells(cells, old.map));
  const after = correctionOfCells(challenger.correction, regimeCells(cells, challenger.map));
  const { groups, n, sum, sumOfSquares } = cellRows(cells);
  const total = { n: 0, sum: 0, squares: 0, loss: 0 };
  for (let cell = 0; cell < before.length; cell++) {
    const slot = cell * groups + split;
    const c = before[cell]!;
    const e = after[cell]! - c;
    const s = after[cell]! + c;
    total.n += n[slot]!;
    total.sum += e * (2 * sum[slot]! - n[slot]! * s);
    total.squares += e * e * (4 * (sumOfSquares[slot]! - s * sum[slot]!) + n[slot]! * s * s);
    total.loss += sumOfSquares[slot]! - 2 * c * sum[slot]! + n[slot]! * c * c;
  }
  return total;
}

/**
 * Gain in squared distance of the context to its regime's centroid, what k-means minimises, of the events of one split:
 * g = d² − d'², both in the old map's standardised units and capped as in assign.ts. The old map's own units favour it:
 * it is the one to be beaten.
 */
export function contextGain(cells: ResponseCellsState, old: RegimeMap, challenger: RegimeMap, split: number): GainSums {
  const { context, groups, n, cells: count } = regimeCells(cells, old);
  const regime = new Uint16Array(count);
  const [before, after] = [new Float64Array(count), new Float64Array(count)];
  assignRegimes(old, context, count, regime, before);
  assignRegimes({ ...old, centroids: inUnitsOf(old, challenger) }, context, count, regime, after);
  const total = { n: 0, sum: 0, squares: 0, loss: 0 };
  for (let cell = 0; cell < count; cell++) {
    const events = n[cell * groups + split]!;
    const gain = before[cell]! - after[cell]!;
    total.n += events;
    total.sum += events * gain;
    total.squares += events * gain * gain;
    total.loss += events * before[cell]!;
  }
  return total;
}
