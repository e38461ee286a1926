import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogram, slotsOf, type Bins } from '../../../operators/summaries/histogram.js';
import { zoom } from '../../../operators/summaries/zoom.js';
import { filled } from './rows.js';

const bins: Bins = [10, -1, 1];

it('holds in the parts of a bin what the histogram holds in the bin, at the place of their values', () => {
  const values = fc.array(
    fc.oneof(
      fc.double({ min: -1.5, max: 1.5 }),
      fc.integer({ min: -12, max: 12 }).map((i) => i / 10),
    ),
  );
  const chosen = fc.uniqueArray(fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(values, chosen, fc.constantFrom(1, 4, 7), (values, chosen, parts) => {
      const zoomed = new Int32Array(slotsOf(bins)).fill(-1);
      chosen.forEach((bin, z) => (zoomed[bin + 1] = z));
      const coarse = filled(histogram, { bins, groups: 1, weighted: false }, { columns: [values] });
      const { n } = filled(zoom, { bins, groups: 1, weighted: false, parts, zoomed }, { columns: [values] });
      expect(n.length).toBe(1 + chosen.length * parts);
      expect(n.reduce((a, b) => a + b, 0)).toBe(values.length);
      chosen.forEach((bin, z) => {
        const fine = n.subarray(1 + z * parts, 1 + (z + 1) * parts);
        expect(fine.reduce((a, b) => a + b, 0)).toBe(coarse.n[bin + 1]);
      });
    }),
  );
});

it('cuts a bin into equal parts, by group', () => {
  const zoomed = new Int32Array(2 * slotsOf(bins)).fill(-1);
  zoomed[slotsOf(bins) + 6] = 0; // group 1, bin [0, 0.2)
  const columns = [[0, 0.049, 0.051, 0.199, 0.2, 0.1, NaN]];
  const config = { bins, groups: 2, weighted: false, parts: 4, zoomed };
  const { n } = filled(zoom, config, { columns, group: [1, 1, 1, 1, 1, 0, 1] });
  expect([...n]).toEqual([3, 2, 1, 0, 1]);
});
