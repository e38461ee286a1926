import { log } from '../expressions/math/log.js';
import { Problem } from '../problem.js';

/** For each entry what Holm's method makes of it: `scaled(x, m)` is x for m tests, `none` the value of no evidence. */
function stepDown(
  values: readonly (number | null)[],
  none: number,
  scaled: (x: number, tests: number) => number,
): (number | null)[] {
  const known: { readonly index: number; readonly value: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    if (!(value <= none))
      throw new Problem(1, `p-value ${value} at index ${index} of Holm's method: it must be at most ${none}`);
    known.push({ index, value });
  }
  known.sort((a, b) => a.value - b.value || a.index - b.index);
  const adjusted = values.map((): number | null => null);
  let largest = -Infinity;
  for (const [rank, { index, value }] of known.entries()) {
    largest = Math.max(largest, Math.min(none, scaled(value, known.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Holm's adjusted p-values: max over the i ≤ j smallest of min(1, (m − i + 1) p_(i)), for m p-values in any order.
 * The chance that any true null hypothesis has one below α is at most α, whatever the dependence. null (not tested)
 * stays null and is not counted; NaN or above 1 throws.
 *
 * S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6 (1979) 65.
 */
export const holm = (p: readonly (number | null)[]): (number | null)[] => stepDown(p, 1, (x, tests) => x * tests);

/** The same on ln p, for p-values that a double cannot hold. */
export const holmLog = (logP: readonly (number | null)[]): (number | null)[] =>
  stepDown(logP, 0, (x, tests) => x + log(tests));
