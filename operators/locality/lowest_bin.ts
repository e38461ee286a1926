import type { ContextProfile } from './context_profile.js';

/** One-sided 95 %. */
const Z = 1.6448536269514722;

export type LowestBin = { readonly from: number } | { readonly reason: string };

/**
 * The low edge of the lowest bin above which every bin is beyond tolerance: |value − baseline| − tolerance > 1.645
 * error (one-sided 95 % for each bin), all on the same side. Needs no model; give it joined bins, so that no bin is
 * empty and none at the top too poor to tell.
 */
export function lowestBin(profile: ContextProfile, baseline: number, tolerance: number): LowestBin {
  const { variable, low, value, error } = profile;
  const last = value.length - 1;
  const side = value[last]! < baseline ? -1 : 1;
  const beyond = (b: number): boolean => side * (value[b]! - baseline) - tolerance > Z * error[b]!;
  let b = last;
  while (b >= 0 && beyond(b)) b--;
  if (b < last) return { from: low[b + 1]! };
  const distance = (value[last]! - baseline).toPrecision(3);
  const where = `${variable} bin, from ${low[last]!} on,`;
  return {
    reason: `the last ${where} is ${distance} ± ${error[last]!.toPrecision(2)} off the baseline: not beyond ${tolerance} at 95 %`,
  };
}
