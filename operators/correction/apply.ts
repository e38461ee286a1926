import type { RegimeMap } from '../regimes/regime_map.js';
import { checkCorrection, features, type CorrectionModel } from './correction_model.js';

/**
 * Correction c of every event into `out`; the corrected value is value / (1 + c).
 *
 * Columns: the context variables in the map's order, and the regime as assignRegimes gives it. Standardised exactly as
 * there, (x − mean) · (1 / width), clamped, then c adds up feature by feature in the order of the coefficients: the
 * order is part of the contract, since the exported model repeats it to the last bit. A context value that is not
 * finite gives NaN, whatever the layer.
 */
export function applyCorrection(
  model: CorrectionModel,
  map: RegimeMap,
  context: readonly Float64Array[],
  regime: Uint16Array,
  length: number,
  out: Float64Array,
): void {
  checkCorrection(model, map);
  const means = Float64Array.from(map.scale, ({ mean }) => mean);
  const inverses = Float64Array.from(map.scale, ({ width }) => 1 / width);
  const dimensions = means.length;
  const { identity, products, terms } = layout(model, dimensions);
  const coefficients = Float64Array.from(model.coefficients.flat());
  const [low, high] = [Float64Array.from(model.low.flat()), Float64Array.from(model.high.flat())];
  const z = new Float64Array(dimensions + 1);
  z[dimensions] = 1;
  for (let i = 0; i < length; i++) {
    const r = regime[i]!;
    let hole = 0;
    for (let d = 0; d < dimensions; d++) {
      const u = (context[d]![i]! - means[d]!) * inverses[d]!;
      hole += u - u;
      z[d] = u;
    }
    if (identity) {
      out[i] = hole;
      continue;
    }
    let c = coefficients[r * terms]!;
    if (terms > 1) {
      for (let d = 0; d < dimensions; d++) {
        const at = r * dimensions + d;
        z[d] = Math.min(Math.max(z[d]!, low[at]!), high[at]!);
      }
      for (let f = 1; f < terms; f++)
        c += coefficients[r * terms + f]! * (z[products[2 * f]!]! * z[products[2 * f + 1]!]!);
    }
    out[i] = c + hole;
  }
}

/** Feature f is z[products[2f]] · z[products[2f + 1]], where z ends with a constant 1 (times 1 is exact). */
function layout({ layer, degree }: CorrectionModel, dimensions: number) {
  const list = features(dimensions, degree);
  const products = Uint8Array.from(list.flatMap(([i = dimensions, j = dimensions]) => [i, j]));
  return { identity: layer === 'identity', products, terms: list.length };
}
