import { log } from '../../operators/expressions/math/log.js';
import type { CardInput } from '../../schemas/model_card.js';

/**
 * What the model gets of raw inputs: (x − shift) / scale, x → ln(1 + x) first where the card says so; a missing value
 * (NaN) is the card's default first, and stays NaN without one. Computed in double, rounded once to the tensor's type.
 * New columns, so that they can be given away. 1 + x is rounded before the
 * logarithm: an error of 2e-16 at most where x is small.
 */
export function preprocess(
  inputs: readonly Pick<CardInput, 'missing' | 'preprocess'>[],
  columns: readonly Float64Array[],
  length: number,
  type: 'float32' | 'float64',
): (Float32Array | Float64Array)[] {
  return inputs.map(({ missing = NaN, preprocess: how }, j) => {
    const x = columns[j]!;
    const y = type === 'float32' ? new Float32Array(length) : new Float64Array(length);
    const { log: logarithmic = false, shift = 0, scale = 1 } = how ?? {};
    for (let i = 0; i < length; i++) {
      const value = Number.isNaN(x[i]!) ? missing : x[i]!;
      y[i] = ((logarithmic ? log(1 + value) : value) - shift) / scale;
    }
    return y;
  });
}
