import { normal } from '../../operators/random/normal.js';
import { philox } from '../../operators/random/philox.js';
import { uniform } from '../../operators/random/uniform.js';

/** Columns of correlated normal numbers: neighbours share half of their variance. */
export function normals(n: number, d: number, seed: number): Float64Array[] {
  const words = new Uint32Array(4);
  const plain = Array.from({ length: d + 1 }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => {
      philox(i, j, 0, 0, seed, 9999, words);
      return normal(uniform(words[0]!, words[1]!));
    }),
  );
  return plain.slice(1).map((column, j) => column.map((value, i) => (value + plain[j]![i]!) * Math.SQRT1_2));
}
