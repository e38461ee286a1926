import { describe, expect, it } from 'vitest';
import { scoreTrees, trainTrees } from '../../../operators/probes/boosted_trees.js';
import { binEdges, binsOf } from '../../../operators/probes/feature_bins.js';
import { merit } from './merit.js';

describe('boosted trees', () => {
  const { x, label, score } = merit.trees;
  const bins = x.map((column) => binsOf(Float64Array.from(column), binEdges(Float64Array.from(column))));
  const rows = label.length;

  it('score as HistGradientBoostingClassifier of the same settings', () => {
    const found = scoreTrees(trainTrees(bins, Uint8Array.from(label)), bins, rows);
    for (let i = 0; i < rows; i++) expect(Math.abs(found[i]! - score[i]!)).toBeLessThan(1e-4);
  });

  it('are the same bits whatever the order of the rows', () => {
    const order = [...Array(rows).keys()].sort((a, b) => ((a * 97) % rows) - ((b * 97) % rows) || a - b);
    const shuffled = bins.map((column) => Uint8Array.from(order, (i) => column[i]!));
    const trees = trainTrees(bins, Uint8Array.from(label));
    expect(
      trainTrees(
        shuffled,
        Uint8Array.from(order, (i) => label[i]!),
      ),
    ).toEqual(trees);
  });

  it('say nothing without rows, and agree where there is one label', () => {
    expect(trainTrees([new Uint8Array(0)], new Uint8Array(0)).leaf.every((leaf) => leaf === 0)).toBe(true);
    const one = trainTrees(bins, new Uint8Array(rows).fill(1));
    expect(new Set(scoreTrees(one, bins, rows)).size).toBe(1);
  });
});
