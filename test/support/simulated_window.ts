import { hashKey } from '../../operators/hash.js';

/** Events of a window as columns. */
export interface SimulatedWindow {
  readonly H_T: Float64Array;
  readonly abs_deta: Float64Array;
  readonly mu: Float64Array;
  readonly delta: Float64Array;
  readonly pull: Float64Array;
  /** Of the pair, as reconstructed. */
  readonly mass: Float64Array;
  readonly regime: Uint8Array;
}

/**
 * n events: a falling H_T spectrum, a Gaussian response that widens with H_T and a tail of 4 % that loses energy;
 * `drift` lowers the response from H_T = 250 GeV on, by 3 % at 750 GeV. A pure function of the seed.
 */
export function simulate(seed: number, n: number, drift: number, regimes: 1 | 4): SimulatedWindow {
  const uniform = (i: number, word: number): number => (hashKey(seed, i, word) + 0.5) / 2 ** 32;
  const normal = (i: number, word: number): number =>
    Math.sqrt(-2 * Math.log(uniform(i, word))) * Math.cos(2 * Math.PI * uniform(i, word + 1));
  const window: SimulatedWindow = {
    ...{ H_T: new Float64Array(n), abs_deta: new Float64Array(n), mu: new Float64Array(n) },
    ...{ delta: new Float64Array(n), pull: new Float64Array(n), mass: new Float64Array(n), regime: new Uint8Array(n) },
  };
  for (let i = 0; i < n; i++) {
    const hard = uniform(i, 1) < 0.3;
    const ht = hard ? 180 - 170 * Math.log(uniform(i, 2)) : 45 - 45 * Math.log(uniform(i, 2));
    const wide = Math.abs(1.3 * normal(i, 3));
    const sigma = 0.011 + 1.8e-5 * ht;
    const lost = uniform(i, 7) < 0.04 ? -0.12 * uniform(i, 8) : 0;
    const delta = sigma * normal(i, 9) + lost - 0.03 * drift * Math.min(1, Math.max(0, (ht - 250) / 500));
    window.H_T[i] = ht;
    window.abs_deta[i] = wide;
    window.mu[i] = Math.max(0, 28 + 8 * normal(i, 5));
    window.delta[i] = delta;
    window.pull[i] = delta / sigma;
    window.mass[i] = (91.19 + 1.2 * normal(i, 11)) * (1 + delta);
    window.regime[i] = regimes === 1 ? 0 : (ht > 220 ? 2 : 0) + (wide > 1.2 ? 1 : 0);
  }
  return window;
}
