import { expect, test } from 'vitest';
import { innerBins } from '../../../runtime/live/inner_bins.js';
import { basePipeline } from '../../support/stage.js';

test.each([
  ['[4000, -1, 1]', 120, 340, [120, -0.15, 0.15]],
  ['[4000, -1, 1]', 320, 240, [320, -0.4, 0.4]],
  ['[100, -1, 1]', 120, 0, [100, -1, 1]],
  ['[800, -0.2, 1.8]', 120, 20, [120, -0.15, 0.15]],
  // About 0 as far as the histogram goes.
  ['[800, -0.1, 1.9]', 120, 0, [120, -0.1, 0.2]],
  ['[400, 1, 3]', 100, 0, [100, 1, 1.5]],
  ['[400, -3, -1]', 100, 300, [100, -1.5, -1]],
])('of %s the %i about 0', (bins, most, first, expected) => {
  const found = innerBins(basePipeline(`response.bins=${bins}`).pipeline, most);
  expect(found.first).toBe(first);
  found.bins.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 12);
  });
});
