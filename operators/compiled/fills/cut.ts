import type { Lane, Program } from '../lanes.js';
import { lines, numbers } from '../written.js';

const NARROW = { N0: 1.5 * 2 ** 52, N1: 1.5 * 2 ** 20, N2: 1.5 * 2 ** -12 };
const WIDE = { W0: 1.5 * 2 ** 84, W1: NARROW.N0, W2: NARROW.N1, W3: NARROW.N2, W4: 1.5 * 2 ** -44, W5: 1.5 * 2 ** -76 };

/** The limbs of x in a narrow exact sum, largest unit first: `addNarrow` of summaries/exact_sum.ts. */
export function cutNarrow(p: Program, x: Lane): Lane[] {
  const { h0, h1, h2 } = lines(p, ['h0 = x + N0 - N0', 'r0 = x - h0', 'h1 = r0 + N1 - N1', 'h2 = r0 - h1 + N2 - N2'], {
    x,
    ...numbers(p, NARROW),
  }) as { h0: Lane; h1: Lane; h2: Lane };
  return [h0, h1, h2];
}

/** The limbs of x in a wide exact sum, largest unit first: `addWide` of summaries/exact_sum.ts. */
export function cutWide(p: Program, x: Lane): Lane[] {
  const made = lines(
    p,
    [
      ...['h0 = x + W0 - W0', 'r0 = x - h0', 'h1 = r0 + W1 - W1', 'r1 = r0 - h1', 'h2 = r1 + W2 - W2', 'r2 = r1 - h2'],
      ...['h3 = r2 + W3 - W3', 'r3 = r2 - h3', 'h4 = r3 + W4 - W4', 'h5 = r3 - h4 + W5 - W5'],
    ],
    { x, ...numbers(p, WIDE) },
  );
  return [0, 1, 2, 3, 4, 5].map((limb) => made[`h${limb}`]!);
}
