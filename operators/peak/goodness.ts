import type { Spectrum } from './spectrum.js';

export interface Goodness {
  readonly chi2: number;
  /** Joined bins less one (the total is fitted) and less the parameters; can be 0 or below. */
  readonly ndof: number;
}

/** Neighbouring bins are joined until the model expects this many effective events in them. */
const EXPECTED = 10;

/**
 * Pearson's χ² of a spectrum against the shares that a model with `parameters` free ones gives its bins:
 * Σ (Σw − μ)² / (s μ) over joined bins, μ the expected Σw and s = Σw² / Σw of the joined bin, 1 for counts
 * (G. Bohm & G. Zech, Nucl. Instrum. Meth. A 748 (2014) 1). What is left at the end joins the last bin.
 */
export function goodness(spectrum: Spectrum, shares: Float64Array, parameters: number): Goodness {
  const { bins, w, w2, sum, squares } = spectrum;
  const joined: { w: number; w2: number; expected: number }[] = [];
  let open = { w: 0, w2: 0, expected: 0 };
  for (let i = 0; i < bins; i++) {
    open.w += w[i]!;
    open.w2 += w2[i]!;
    open.expected += sum * shares[i]!;
    if ((open.expected * sum) / squares < EXPECTED || open.w <= 0) continue;
    joined.push(open);
    open = { w: 0, w2: 0, expected: 0 };
  }
  const last = joined.at(-1);
  if (last !== undefined) {
    last.w += open.w;
    last.w2 += open.w2;
    last.expected += open.expected;
  }
  let chi2 = 0;
  for (const bin of joined) {
    const off = bin.w - bin.expected;
    chi2 += (off * off) / ((bin.w2 / bin.w) * bin.expected);
  }
  return { chi2, ndof: joined.length - 1 - parameters };
}
