import type { Bins } from '../../operators/summaries/histogram.js';

/**
 * The chain: what every peer does with every event, from 12 single-precision columns in memory.
 *
 *   m = √(2 pT1 pT2 (cosh Δη − cos Δφ)), of truth and reco; δ = (m_reco − m_truth) / m_truth;
 *   H_T = pT1 + pT2 and |Δη| of truth; regime = nearest of four centroids at ((H_T, |Δη|) − mean) / width;
 *   histogram of δ by regime; over the plane (H_T, |Δη|): n, Σδ, Σ|δ|; by regime: n, Σδ, Σδ²; histogram of m_reco.
 *
 * Bin of x: floor((x − low) · bins / (high − low)), below low the underflow, from high on the overflow.
 * The numbers of the regimes are those that k-means finds in the generated sample, rounded.
 */
export const WORKLOAD = {
  columns: ['gen', 'reco'].flatMap((kind) =>
    [1, 2].flatMap((lepton) => ['pt', 'eta', 'phi'].map((name) => `${kind}_l${lepton}_${name}`)),
  ),
  delta: [200, -0.5, 0.5] as Bins,
  mass: [120, 60, 120] as Bins,
  ht: [25, 0, 1000] as Bins,
  deta: [10, 0, 5] as Bins,
  mean: [139, 1.34],
  width: [175, 1.13],
  centroids: [
    [-0.61, 2.1],
    [-0.37, 0.41],
    [0.03, -0.66],
    [3.67, -0.97],
  ],
} as const;

/** Bins and flow: slot 0 is the underflow, the last one the overflow. */
export const slots = ([bins]: Bins): number => bins + 2;
