import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgesOfGroup, fineBins, fineGroups, reportBinOf } from '../../../runtime/live/fine_bins.js';

const variable = { formula: 'x', bins: [10, 0, 1] as [number, number, number] };

describe('fine bins', () => {
  test.each([
    [[0, 1, 3], 8, 18],
    [[0, 20, 40, 60, 100, 150, 200, 300, 400, 600, 800, 1000], 3, 35],
    [Array.from({ length: 31 }, (_, i) => i), 1, 32],
  ])('of the report bins %j are cut into %i parts', (report, parts, groups) => {
    expect(fineBins({ ...variable, report })).toEqual({ edges: report, parts, groups });
  });

  test('lie beside each other, and each in its report bin', () => {
    const bins = fineBins({ ...variable, report: [-1, 0.1, 0.7, 20] });
    const all = [...Array(bins.groups).keys()].map((group) => edgesOfGroup(bins, group));
    expect([all[0]![0], all.at(-1)![1]]).toEqual([-Infinity, Infinity]);
    all.slice(1).forEach(([low], i) => {
      expect(low).toBe(all[i]![1]);
    });
    expect(reportBinOf(bins)).toEqual([0, ...[1, 2, 3].flatMap((bin) => Array<number>(8).fill(bin)), 4]);
    for (const edge of bins.edges) expect(all.flat()).toContain(edge);
  });

  test('hold what lies between their edges, but for the rounding of an edge', () => {
    const bins = fineBins({ ...variable, report: [-1, 0.1, 0.7, 20] });
    fc.assert(
      fc.property(fc.double({ min: -3, max: 30, noNaN: true }), (x) => {
        const bin = bins.edges.filter((edge) => edge <= x).length;
        const [group] = fineGroups(bins, Float64Array.of(x), Uint16Array.of(bin), 1);
        const [low, high] = edgesOfGroup(bins, group!);
        expect(reportBinOf(bins)[group!]).toBe(bin);
        expect(x).toBeGreaterThanOrEqual(low - 1e-12);
        expect(x).toBeLessThan(high + 1e-12);
      }),
    );
  });
});
