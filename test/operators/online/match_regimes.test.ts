import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inUnitsOf, matchRegimes, versionedMap } from '../../../operators/online/match_regimes.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { drawn, regimeMap } from '../../support/corrections.js';

interface Stored {
  readonly scale: readonly (readonly [number, number])[];
  readonly centroids: number[][];
}

/** Pairs found by SciPy (test/fixtures/online/reference.py). */
const reference = JSON.parse(readFileSync('test/fixtures/online/assignment.json', 'utf8')) as readonly {
  readonly farthest: number;
  readonly old: Stored;
  readonly new: Stored;
  readonly pairs: readonly [number, number][];
}[];

const mapOf = ({ scale, centroids }: Stored): RegimeMap =>
  regimeMap({
    variables: scale.map((_, d) => `x${d}`),
    scale: scale.map(([mean, width]) => ({ mean, width })),
    centroids,
  });

const line = (...centres: number[]): RegimeMap =>
  regimeMap({ variables: ['x'], scale: [{ mean: 0, width: 1 }], centroids: centres.map((x) => [x]) });

describe('match regimes', () => {
  it('agrees with SciPy on who keeps the number', () => {
    for (const { farthest, old, new: fresh, pairs } of reference) {
      const ids = old.centroids.map((_, i) => 10 + i);
      const { regimes, births, deaths, unusedId } = matchRegimes({ map: mapOf(old), ids }, mapOf(fresh), 50, farthest);
      const kept = pairs.map(([i, j]) => [10 + i, fresh.centroids[j]]);
      const survivors = regimes.ids.flatMap((id, row) => (id < 50 ? [[id, regimes.map.centroids[row]]] : []));
      expect(survivors).toEqual(kept);
      expect(births).toEqual(Array.from({ length: fresh.centroids.length - pairs.length }, (_, i) => 50 + i));
      expect(deaths).toEqual(ids.filter((id) => !pairs.some(([i]) => id === 10 + i)));
      expect(unusedId).toBe(50 + births.length);
    }
  });

  it('gives a new regime the next number that none ever had, at the end of the map', () => {
    const old = { map: line(0, 10, 20), ids: [0, 3, 4] };
    const match = matchRegimes(old, line(-1, 5.5, 11, 21), 7, 0.5);
    expect(match.regimes.ids).toEqual([0, 3, 4, 7]);
    expect(match.regimes.map.centroids).toEqual([[-1], [11], [21], [5.5]]);
    expect(match.regimes.map.labels).toEqual(['regime 0', 'regime 2', 'regime 3', 'regime 1']);
    expect([match.births, match.deaths, match.unusedId]).toEqual([[7], [], 8]);
  });

  it('is not misled by an outlier: the others stay', () => {
    const match = matchRegimes({ map: line(0, 10, 20), ids: [0, 1, 2] }, line(1, 9, 1000), 3, 0.5);
    expect([match.regimes.ids, match.births, match.deaths]).toEqual([[0, 1, 3], [3], [2]]);
  });

  it('keeps the number of a lone regime, wherever it went', () => {
    expect(matchRegimes({ map: line(0), ids: [5] }, line(1e6), 9, 0.5).regimes.ids).toEqual([5]);
  });

  it('finds every regime of the same map again, in any order and any units', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat(20)), ({ map }, chance) => {
        const rounded = map.centroids.map((row) => row.map((z) => Math.round(64 * z) / 64));
        const distinct = rounded.filter((row, i) => rounded.findIndex((other) => other.join() === row.join()) === i);
        const old = { map: regimeMap({ ...map, centroids: distinct }), ids: distinct.map((_, i) => 2 * i) };
        const order = distinct
          .map((row) => ({ row, at: (chance.next() as IteratorYieldResult<number>).value }))
          .sort((a, b) => a.at - b.at);
        const doubled = regimeMap({
          variables: map.variables,
          scale: map.scale.map(({ mean, width }) => ({ mean, width: 2 * width })),
          centroids: order.map(({ row }) => row.map((z) => z / 2)),
        });
        const match = matchRegimes(old, doubled, 100, 0.5);
        expect([match.regimes.ids, match.births, match.deaths]).toEqual([old.ids, [], []]);
        inUnitsOf(old.map, match.regimes.map).forEach((row, i) => {
          row.forEach((z, d) => {
            expect(z).toBeCloseTo(distinct[i]![d]!, 9);
          });
        });
      }),
    );
  });

  it('names a map with fewer rows anew, and the whole one as before', () => {
    const map = line(0, 10, 20);
    expect(versionedMap(map, [1, 2, 5])).toEqual({ map, ids: [1, 2, 5] });
    const { map: less, ids } = versionedMap(map, [1, 2, 5], [1, 5]);
    expect([less.centroids, less.labels, ids]).toEqual([
      [[0], [20]],
      ['regime 0', 'regime 2'],
      [1, 5],
    ]);
    expect(less.version).not.toBe(map.version);
  });
});
