import { exp } from '../expressions/math/exp.js';
import { bestSplits, PENALTY } from './best_split.js';

const TREES = 60;
const DEPTH = 3;
const NODES = 2 ** DEPTH - 1;
const LEAVES = 2 ** DEPTH;
/** Shrinkage of the leaves of a tree. */
const RATE = 0.15;
/** Gradients are whole multiples of 2^−24, so that their sums are exact and the order of the rows is none. */
const UNIT = 2 ** 24;

/**
 * Trees of three levels, one after another. A row starts at node 0; from node k it goes to 2k + 1, or 2k + 2 where its
 * bin of `feature[k]` is above `cut[k]`; the leaf is node − 7. Without a split `cut` is 255: all go left.
 */
export interface BoostedTrees {
  readonly feature: Uint16Array;
  readonly cut: Uint8Array;
  readonly leaf: Float64Array;
}

/**
 * Gradient-boosted trees with logistic loss, of binned features (feature_bins.ts; bins[j][i] is feature j of row i):
 * J. H. Friedman, Ann. Statist. 29 (2001) 1189; splits and leaves by second derivatives as T. Chen & C. Guestrin,
 * XGBoost (2016), with histograms as G. Ke et al., LightGBM (2017). No chance is in it, and the order of the rows does
 * not matter. Rows of one label, or none: all leaves agree.
 */
export function trainTrees(bins: readonly Uint8Array[], label: Uint8Array): BoostedTrees {
  const rows = label.length;
  const trees: BoostedTrees = {
    feature: new Uint16Array(TREES * NODES),
    cut: new Uint8Array(TREES * NODES).fill(255),
    leaf: new Float64Array(TREES * LEAVES),
  };
  const score = new Float64Array(rows);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const node = new Uint8Array(rows);
  for (let tree = 0; tree < TREES; tree++) {
    for (let i = 0; i < rows; i++) {
      const p = 1 / (1 + exp(-score[i]!));
      gradient[i] = Math.round((p - label[i]!) * UNIT);
      curvature[i] = Math.round(p * (1 - p) * UNIT);
    }
    node.fill(0);
    for (let level = 0; level < DEPTH; level++) {
      const first = 2 ** level - 1;
      bestSplits({ bins, node, first, nodes: 2 ** level, gradient, curvature, unit: UNIT }, trees, tree * NODES);
      descend(trees, tree, bins, node);
    }
    fitLeaves(trees.leaf.subarray(tree * LEAVES, (tree + 1) * LEAVES), node, gradient, curvature);
    for (let i = 0; i < rows; i++) score[i]! += trees.leaf[tree * LEAVES + node[i]! - NODES]!;
  }
  return trees;
}

/** Every row one level down. */
function descend({ feature, cut }: BoostedTrees, tree: number, bins: readonly Uint8Array[], node: Uint8Array): void {
  for (let i = 0; i < node.length; i++) {
    const at = tree * NODES + node[i]!;
    node[i] = 2 * node[i]! + (bins[feature[at]!]![i]! > cut[at]! ? 2 : 1);
  }
}

function fitLeaves(leaf: Float64Array, node: Uint8Array, gradient: Float64Array, curvature: Float64Array): void {
  const [g, h] = [new Float64Array(LEAVES), new Float64Array(LEAVES)];
  for (let i = 0; i < node.length; i++) {
    g[node[i]! - NODES]! += gradient[i]!;
    h[node[i]! - NODES]! += curvature[i]!;
  }
  for (let k = 0; k < LEAVES; k++) leaf[k] = (-RATE * g[k]!) / (h[k]! + PENALTY * UNIT);
}

/** Score of each row: the logit of label 1, up to the shares of the labels in training. */
export function scoreTrees(trees: BoostedTrees, bins: readonly Uint8Array[], rows: number): Float64Array {
  const score = new Float64Array(rows);
  const node = new Uint8Array(rows);
  for (let tree = 0; tree < TREES; tree++) {
    node.fill(0);
    for (let level = 0; level < DEPTH; level++) descend(trees, tree, bins, node);
    for (let i = 0; i < rows; i++) score[i]! += trees.leaf[tree * LEAVES + node[i]! - NODES]!;
  }
  return score;
}
