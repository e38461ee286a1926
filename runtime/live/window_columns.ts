import { applyCorrection } from '../../operators/correction/apply.js';
import type { CorrectionModel } from '../../operators/correction/correction_model.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { BookRows } from '../../operators/summaries/book.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { CoreBounds } from '../core_bounds.js';
import { REGIME } from '../observations.js';
import type { LiveModels } from './live_models.js';

/** A correction that takes effect with a window; it has a map of its own. */
export interface Applied {
  readonly from: number;
  readonly version: string;
  readonly map: RegimeMap;
  readonly correction: CorrectionModel | null;
}

/** The core of the corrected response. */
export const CORRECTED_CORE = '(core of corrected delta)';

/** δ of each event with the correction in effect. */
export function correctedResponse(
  { reco, truth }: NonNullable<Pipeline['response']>,
  models: LiveModels,
  { map, correction }: Applied,
  { columns, groups }: BookRows,
  n: number,
): Float64Array {
  const c = new Float64Array(n);
  if (correction) {
    const context = map.variables.map((name) => columns.get(name)!);
    const regime = map.version === models.map.version ? groups.get(REGIME)! : assigned(map, context, n);
    applyCorrection(correction, map, context, regime, n, c);
  }
  const [x, t] = [columns.get(reco)!, columns.get(truth)!];
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = (x[i]! / (1 + c[i]!) - t[i]!) / t[i]!;
  return out;
}

function assigned(map: RegimeMap, context: readonly Float64Array[], n: number): Uint16Array {
  const regime = new Uint16Array(n);
  assignRegimes(map, context, n, regime, new Float64Array(n));
  return regime;
}

/**
 * Bounds of the core after a correction: as wide as those of the raw response, about 0 where a correction puts the core.
 * The raw bounds lie about the raw median. Around a response that was moved they would cut one side more than the other,
 * and the mean of the core would keep a part of the bias that was taken away. Bounds moved event by event (the raw core,
 * corrected) would hide what the correction leaves, since it is fitted to just that. Without a correction: the raw bounds.
 */
export function correctedBounds({ low, high }: CoreBounds, corrects: boolean): CoreBounds {
  if (!corrects) return { low, high };
  const half = low.map((l, regime) => (high[regime]! - l) / 2);
  return { low: half.map((h) => -h), high: half };
}

/** δ moved to within the bounds of its regime. */
export function withinBounds(
  delta: Float64Array,
  regime: Uint16Array,
  { low, high }: CoreBounds,
  n: number,
): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const r = regime[i]!;
    out[i] = Math.min(high[r]!, Math.max(low[r]!, delta[i]!));
  }
  return out;
}
