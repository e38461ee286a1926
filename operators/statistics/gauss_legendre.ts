/** Nodes in (−1, 1) and their weights, which add up to 2. */
export interface Rule {
  readonly x: Float64Array;
  readonly w: Float64Array;
}

/** From the nodes above 0 and their weights. */
function symmetric(x: readonly number[], w: readonly number[]): Rule {
  return {
    x: Float64Array.from([...x.toReversed().map((node) => -node), ...x]),
    w: Float64Array.from([...w.toReversed(), ...w]),
  };
}

/**
 * Gauss–Legendre rules: exact for polynomials of degree 2k − 1 with k nodes. With the nearest pole of the integrand at
 * distance d from the middle of an interval of half-length h, perpendicular to it, the error falls as
 * (d/h + √(1 + d²/h²))^(−2k).
 * M. Abramowitz & I. A. Stegun, "Handbook of Mathematical Functions" (1964), table 25.4.
 */
export const GAUSS_2 = symmetric([0.5773502691896258], [1]);
export const GAUSS_4 = symmetric([0.33998104358485626, 0.8611363115940526], [0.6521451548625461, 0.34785484513745385]);
export const GAUSS_10 = symmetric(
  [0.14887433898163122, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717],
  [0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814],
);
