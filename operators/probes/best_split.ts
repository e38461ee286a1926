/** Rows of one level of a tree: `node[i]`, from `first` on, is where row i is. Gradients in units of `unit`. */
export interface LevelRows {
  readonly bins: readonly Uint8Array[];
  readonly node: Uint8Array;
  readonly first: number;
  readonly nodes: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly unit: number;
}

const BINS = 64;
/** Σ gradient, Σ curvature, rows. */
const SUMS = 3;
/** Smaller leaves follow single events. */
const MIN_ROWS = 20;
/** L2 penalty on the value of a leaf. */
export const PENALTY = 1;

/**
 * For each node of a level the split of most gain G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ), into `feature` and `cut`
 * at `offset` + node; of equal gains the first feature, then the lowest cut. A node without gain, or whose parts would
 * have fewer than 20 rows, keeps its cut. T. Chen & C. Guestrin, XGBoost (2016), eq. 7.
 */
export function bestSplits(
  { bins, node, first, nodes, gradient, curvature, unit }: LevelRows,
  { feature, cut }: { readonly feature: Uint16Array; readonly cut: Uint8Array },
  offset: number,
): void {
  const best = new Float64Array(nodes);
  const penalty = PENALTY * unit;
  const sums = new Float64Array(nodes * BINS * SUMS);
  bins.forEach((bin, j) => {
    sums.fill(0);
    for (let i = 0; i < node.length; i++) {
      const at = ((node[i]! - first) * BINS + bin[i]!) * SUMS;
      sums[at]! += gradient[i]!;
      sums[at + 1]! += curvature[i]!;
      sums[at + 2]!++;
    }
    for (let k = 0; k < nodes; k++) {
      const [start, end] = [k * BINS * SUMS, (k + 1) * BINS * SUMS];
      let [g, h, n] = [0, 0, 0];
      for (let at = start; at < end; at += SUMS) {
        g += sums[at]!;
        h += sums[at + 1]!;
        n += sums[at + 2]!;
      }
      const whole = (g * g) / (h + penalty);
      let [left, curved, rows] = [0, 0, 0];
      for (let b = 0; b < BINS - 1; b++) {
        const at = start + b * SUMS;
        left += sums[at]!;
        curved += sums[at + 1]!;
        rows += sums[at + 2]!;
        if (rows < MIN_ROWS || n - rows < MIN_ROWS) continue;
        const right = g - left;
        const gain = (left * left) / (curved + penalty) + (right * right) / (h - curved + penalty) - whole;
        if (gain > best[k]!) {
          best[k] = gain;
          feature[offset + first + k] = j;
          cut[offset + first + k] = b;
        }
      }
    }
  });
}
