/** The median of the soft spectrum before its cut, and the range of the hard tail, GeV. */
export const SOFT_MEDIAN = 9;
export const PT_CUT = 1500;
export const HARD_FROM = 100;

const SOFT_SHARE = 1 - 1 / (1 + (PT_CUT / SOFT_MEDIAN) ** 2);

/**
 * The inclusive boson pT in GeV at share u: dN/dpT ∝ pT / (1 + pT²/a²)² up to PT_CUT, a = SOFT_MEDIAN; that is
 * linear at 0, as phase space is, and falls as pT^−3.
 */
export function softPt(u: number): number {
  const below = u * SOFT_SHARE;
  return SOFT_MEDIAN * Math.sqrt(below / (1 - below));
}

/** The boson pT in GeV of the hard tail at share u: dN/dpT ∝ pT^−2 from HARD_FROM to PT_CUT. */
export function hardPt(u: number): number {
  return 1 / (1 / HARD_FROM - u * (1 / HARD_FROM - 1 / PT_CUT));
}
