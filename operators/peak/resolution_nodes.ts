import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';
import { Z_MASS } from './breit_wigner.js';
import { GAUSS_10 } from '../statistics/gauss_legendre.js';

/** A Gaussian is cut here, in core widths, e^(−24.5) of its peak; a tail too, or at this many GeV on the low side. */
const CORE_END = 7;
const TAIL_END = 1000;
const LEAST = -24.5;

/** Nodes of a quadrature over a Crystal Ball: at t, of weight times value c, whose derivatives by α and n are a and n. */
export interface ResolutionNodes {
  readonly count: number;
  readonly t: Float64Array;
  readonly c: Float64Array;
  readonly a: Float64Array;
  readonly n: Float64Array;
  readonly aHigh: Float64Array;
  readonly nHigh: Float64Array;
}

type Node = readonly [t: number, c: number, a: number, n: number, aHigh: number, nHigh: number];

/**
 * Gauss–Legendre panels of 10 nodes for ∫ crystalBall(t) · breitWigner(x − shift − σ t) dt with x in [low, high], ending
 * where core and tails meet. They are no longer than Γ where the Breit–Wigner peaks for some x, and grow beyond.
 * `p` as for `convolve`; σ = 0 gives one node at t = 0.
 */
export function resolutionNodes(p: Float64Array, low: number, high: number): ResolutionNodes {
  const [shift, sigma, alpha, n, alphaHigh, nHigh, gamma] = [p[0]!, p[1]!, p[2]!, p[3]!, p[4]!, p[5]!, p[6]!];
  if (sigma === 0) return columns([[0, 1, 0, 0, 0, 0]]);
  const nodes: Node[] = [];
  if (alpha < CORE_END) {
    const longest = (u: number): number => Math.max(gamma, low - shift + u - Z_MASS) / sigma;
    tail(alpha, n, sigma, TAIL_END, longest, (t, c, a, by) => nodes.push([-t, c, a, by, 0, 0]));
  }
  const [from, to] = [-Math.min(alpha, CORE_END), Math.min(alphaHigh, CORE_END)];
  const panels = Math.ceil((to - from) / Math.min(2, gamma / sigma));
  const half = (to - from) / (2 * panels);
  for (let panel = 0; panel < panels; panel++) {
    for (let k = 0; k < GAUSS_10.x.length; k++) {
      const t = from + half * (2 * panel + 1 + GAUSS_10.x[k]!);
      nodes.push([t, half * GAUSS_10.w[k]! * exp(-0.5 * t * t), 0, 0, 0, 0]);
    }
  }
  if (alphaHigh < CORE_END) {
    // No mass is negative: m = x − shift − u.
    const end = high - shift;
    const longest = (u: number): number => Math.max(gamma, Z_MASS - end + u) / sigma;
    tail(alphaHigh, nHigh, sigma, end, longest, (t, c, a, by) => nodes.push([t, c, 0, 0, a, by]));
  }
  return columns(nodes);
}

/**
 * A tail from α outwards to `end` GeV: ln of its value is −α²/2 + n ln r, r = 1/(1 + α d/n), at d beyond α. Panels grow
 * with the distance to its pole, and on none it falls by more than about e^−4.
 */
function tail(
  alpha: number,
  n: number,
  sigma: number,
  end: number,
  longest: (u: number) => number,
  add: (t: number, c: number, byAlpha: number, byN: number) => void,
): void {
  const atStart = -0.5 * alpha * alpha;
  for (let d = 0; (alpha + d) * sigma < end && atStart - n * log(1 + (alpha * d) / n) > LEAST;) {
    const length = Math.min((n / alpha + d) * Math.min(1, 4 / n), longest((alpha + d) * sigma));
    for (let k = 0; k < GAUSS_10.x.length; k++) {
      const distance = d + (length / 2) * (1 + GAUSS_10.x[k]!);
      const r = 1 / (1 + (alpha * distance) / n);
      const logR = log(r);
      const c = (length / 2) * GAUSS_10.w[k]! * exp(atStart + n * logR);
      add(alpha + distance, c, -c * (n / alpha + alpha) * (1 - r), c * (logR + 1 - r));
    }
    d += length;
  }
}

function columns(nodes: readonly Node[]): ResolutionNodes {
  const column = (k: 0 | 1 | 2 | 3 | 4 | 5): Float64Array => {
    const out = new Float64Array(nodes.length);
    for (let j = 0; j < out.length; j++) out[j] = nodes[j]![k];
    return out;
  };
  return {
    count: nodes.length,
    t: column(0),
    c: column(1),
    a: column(2),
    n: column(3),
    aHigh: column(4),
    nHigh: column(5),
  };
}
