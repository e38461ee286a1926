import { normal } from '../random/normal.js';
import { philox } from '../random/philox.js';
import { STREAM } from '../random/streams.js';
import { uniform } from '../random/uniform.js';

/**
 * Replicate r of binned means: out[b] = value[b] + error[b] g, g standard normal, a hash of (seed, r, b).
 *
 * In a Poisson bootstrap each event counts Poisson(1) times, so that bins (disjoint sets of events) fluctuate apart,
 * and the mean of a bin of n events becomes Σ Wᵢ δᵢ / Σ Wᵢ = mean + Σ (Wᵢ − 1)(δᵢ − mean) / n + O(1/n): expectation
 * mean, variance Σ (δᵢ − mean)² / n² = error². From sums alone its law is known up to that, and the sum of n
 * independent terms is normal in the limit; joined bins hold enough events for it.
 * J. A. Hanley & B. MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", Comput. Methods
 * Programs Biomed. 83 (2006) 57; N. Chamandy et al., "Estimating uncertainty for massive data streams" (2012).
 */
export function poissonReplicate(
  seed: number,
  r: number,
  value: Float64Array,
  error: Float64Array,
  out: Float64Array,
): void {
  const words = new Uint32Array(4);
  for (let b = 0; b < value.length; b += 2) {
    philox(r, b, 0, 0, seed, STREAM.bootstrap, words);
    out[b] = value[b]! + error[b]! * normal(uniform(words[0]!, words[1]!));
    if (b + 1 < value.length) out[b + 1] = value[b + 1]! + error[b + 1]! * normal(uniform(words[2]!, words[3]!));
  }
}
