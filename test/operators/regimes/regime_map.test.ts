import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { fitRegimes, type ContextVariable, type RegimesConfig } from '../../../operators/regimes/regime_map.js';
import { contextCells } from '../../../operators/summaries/context_cells.js';
import { moments } from '../../../operators/summaries/moments.js';
import { rowsOf, type Table } from '../summaries/rows.js';

const variables: ContextVariable[] = ['a', 'b', 'c'].map((name) => ({
  name,
  words: { low: `low ${name}`, high: `high ${name}`, title: name },
}));

/** Independent normal numbers, a row each. */
function normals(n: number, dimensions: number): number[][] {
  const out = new Uint32Array(4);
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: dimensions }, (_, d) => {
      philox(i, d, 0, 0, 11, 0, out);
      return normal(uniform(out[0]!, out[1]!));
    }),
  );
}

const blobs = (centres: readonly (readonly number[])[], width: number, each: number): number[][] =>
  normals(each * centres.length, centres[0]!.length).map((z, i) =>
    z.map((x, d) => centres[i % centres.length]![d]! + width * x),
  );

function fit(rows: readonly (readonly number[])[], config: Partial<RegimesConfig>, split?: readonly number[]) {
  const dimensions = rows[0]?.length ?? 2;
  const columns = Array.from({ length: dimensions }, (_, d) => rows.map((row) => row[d]!));
  const group = split ?? rows.map(() => 0);
  // Not settled: the fit must not depend on the order of filling.
  const cells = contextCells.create({ dimensions, groups: 3, maxCells: 4096 });
  contextCells.fill(cells, rowsOf({ columns, group } satisfies Table));
  const scales = columns.map((x) => {
    const state = moments.create({ groups: 3, weighted: false, wide: true });
    moments.fill(state, rowsOf({ columns: [x], group }));
    return state;
  });
  return fitRegimes(cells, scales, variables.slice(0, dimensions), { count: 3, standardise: true, seed: 1, ...config });
}

const three = [
  [10, 1],
  [200, 1.5],
  [100, 6],
];

describe('regime map', () => {
  it('finds blobs, numbered by the first variable, standardised by mean and standard deviation', () => {
    const rows = blobs(three, 1, 500);
    const { map, training } = fit(rows, { count: 3 })!;
    expect(training).toBe(1500);
    [0, 1].forEach((d) => {
      const x = rows.map((row) => row[d]!);
      const mean = x.reduce((a, b) => a + b, 0) / x.length;
      const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
      expect(map.scale[d]!.mean).toBeCloseTo(mean, 10);
      expect(map.scale[d]!.width).toBeCloseTo(Math.sqrt(variance), 10);
    });
    const found = map.centroids.map((row) => row.map((z, d) => map.scale[d]!.mean + z * map.scale[d]!.width));
    [three[0]!, three[2]!, three[1]!].forEach((centre, j) => {
      centre.forEach((x, d) => {
        // Four standard errors of a mean, and the cells' resolution.
        expect(Math.abs(found[j]![d]! - x)).toBeLessThan(4 / Math.sqrt(500) + Math.abs(x) * 2 ** -11);
      });
    });
    expect(map.variables).toEqual(['a', 'b']);
    expect(map.labels).toEqual(['low a, low b', 'medium a, high b', 'high a, low b']);
    expect(map.version).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same, to the last bit, for any order of the events', () => {
    const rows = blobs(three, 30, 100);
    const expected = fit(rows, { count: 4 });
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }), (order) => {
        expect(
          fit(
            order.map((i) => rows[i]!),
            { count: 4 },
          ),
        ).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('learns from the training events alone', () => {
    const rows = blobs(three, 1, 200);
    const others = normals(300, 2).map(([x, y]) => [1000 + x!, 50 + y!]);
    const split = [...rows.map(() => 0), ...others.map((_, i) => 1 + (i % 2))];
    const { map, training } = fit([...rows, ...others], { count: 3 }, split)!;
    expect(training).toBe(rows.length);
    expect(map).toEqual(fit(rows, { count: 3 })!.map);
  });

  it.each([2, 3, 4])('count: auto finds %i well-separated blobs', (count) => {
    const corners = [
      [0, 0],
      [100, 10],
      [100, 0],
      [0, 10],
    ].slice(0, count);
    const rows = blobs(corners, 1, 200).map(([a, b], i) => [10 * a! - 9 * corners[i % count]![0]!, b!]);
    const { map, scan } = fit(rows, { count: 'auto' })!;
    expect(map.centroids.length).toBe(count);
    expect(scan.map((entry) => entry.count)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const best = scan.find((entry) => entry.count === count)!;
    for (const entry of scan) expect(entry.calinskiHarabasz).toBeLessThanOrEqual(best.calinskiHarabasz);
  });

  it('measures raw distances without standardise, and speaks of standard deviations all the same', () => {
    // The second variable is small but splits the sample: standardised it counts, raw it does not.
    const rows = blobs(
      [
        [0, 0],
        [0, 0.01],
      ],
      1,
      200,
    ).map(([x, y], i) => [x!, (i % 2) * 0.01 + 1e-5 * y!]);
    const raw = fit(rows, { count: 2, standardise: false })!.map;
    expect(raw.scale.map(({ width }) => width)).toEqual([1, 1]);
    expect(raw.labels).toEqual(['low a, medium b', 'high a, medium b']);
    const split = fit(
      rows.map(([x, y]) => [0.001 * x!, y!]),
      { count: 2, standardise: false },
    )!.map;
    expect([...split.labels].sort()).toEqual(['medium a, high b', 'medium a, low b']);
  });

  it.each([0, 0.1, -3, 1e6, 123456.789])('gives a constant variable (%d) the width 1 and no part', (constant) => {
    const rows = blobs([[0], [50]], 1, 100).map(([x]) => [x!, constant]);
    const { map } = fit(rows, { count: 2 })!;
    expect(map.scale[1]!.width).toBe(1);
    expect(map.scale[1]!.mean).toBeCloseTo(constant, 9);
    expect(map.centroids.map((row) => row[1])).toEqual([0, 0]);
    expect(map.labels).toEqual(['low a, medium b', 'high a, medium b']);
  });

  it('is not there without training events', () => {
    expect(fit([], {})).toBeUndefined();
    expect(fit([[1, 2]], {}, [2])).toBeUndefined();
  });

  it('has no more regimes than cells', () => {
    const { map, cells, scan } = fit(
      [
        [1, 2],
        [1, 2],
        [3, 4],
      ],
      { count: 5 },
    )!;
    expect([map.centroids.length, cells]).toEqual([2, 2]);
    expect(fit([[1, 2]], { count: 'auto' })!.map.centroids).toEqual([[0, 0]]);
    expect(scan).toEqual([{ count: 2, inertia: 0, calinskiHarabasz: Infinity }]);
  });

  it('has a version that depends on the content', () => {
    const rows = blobs(three, 1, 100);
    expect(fit(rows, { count: 3 })!.map.version).toBe(fit(rows, { count: 3 })!.map.version);
    expect(fit(rows, { count: 2 })!.map.version).not.toBe(fit(rows, { count: 3 })!.map.version);
  });
});
