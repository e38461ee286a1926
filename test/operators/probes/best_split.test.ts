import { expect, it } from 'vitest';
import { bestSplits } from '../../../operators/probes/best_split.js';

/** Gains of all splits of one node, the plain way. */
function naive(bins: readonly Uint8Array[], g: Float64Array, h: Float64Array, rows: readonly number[]) {
  const score = (of: readonly number[]): number => {
    const sum = (x: Float64Array): number => of.reduce((total, i) => total + x[i]!, 0);
    return sum(g) ** 2 / (sum(h) + 1);
  };
  let best = { gain: 0, feature: 0, cut: 255 };
  bins.forEach((bin, feature) => {
    for (let cut = 0; cut < 63; cut++) {
      const left = rows.filter((i) => bin[i]! <= cut);
      const right = rows.filter((i) => bin[i]! > cut);
      if (left.length < 20 || right.length < 20) continue;
      const gain = score(left) + score(right) - score(rows);
      if (gain > best.gain) best = { gain, feature, cut };
    }
  });
  return best;
}

it('finds the split of most gain in every node', () => {
  const rows = [...Array(400).keys()];
  const bins = [31, 17, 7].map((step) => Uint8Array.from(rows, (i) => (i * i * step + i * 5) % 64));
  const gradient = Float64Array.from(rows, (i) => ((bins[1]![i]! > 40 ? 3 : -2) + ((i * 13) % 7) - 3) / 4);
  const curvature = Float64Array.from(rows, (i) => 0.25 - (i % 4) / 32);
  const node = Uint8Array.from(rows, (i) => 1 + (i % 2));
  const found = { feature: new Uint16Array(7), cut: new Uint8Array(7).fill(255) };
  bestSplits({ bins, node, first: 1, nodes: 2, gradient, curvature, unit: 1 }, found, 0);
  for (const k of [1, 2]) {
    const wanted = naive(
      bins,
      gradient,
      curvature,
      rows.filter((i) => node[i] === k),
    );
    expect([found.feature[k], found.cut[k]]).toEqual([wanted.feature, wanted.cut]);
    expect(wanted.cut).not.toBe(255);
  }
});

it('leaves a node alone that has too few rows, or nothing to gain', () => {
  const found = { feature: new Uint16Array(1), cut: Uint8Array.of(255) };
  const split = (rows: number, gradient: (i: number) => number): number => {
    const bins = [Uint8Array.from({ length: rows }, (_, i) => i % 2)];
    const level = { bins, node: new Uint8Array(rows), first: 0, nodes: 1, unit: 1 };
    const curvature = new Float64Array(rows).fill(0.25);
    bestSplits({ ...level, gradient: Float64Array.from({ length: rows }, (_, i) => gradient(i)), curvature }, found, 0);
    return found.cut[0]!;
  };
  expect(split(39, (i) => (i % 2) - 0.5)).toBe(255);
  expect(split(60, () => 0)).toBe(255);
  expect(split(60, (i) => (i % 2) - 0.5)).toBe(0);
});
