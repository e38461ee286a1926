import { expect, it } from 'vitest';
import { ticksOf } from '../../../../../sinks/page/client/shared/panel_axis.js';

it('has ticks of its own, powers of ten on a logarithmic axis, else round numbers as far apart as asked for', () => {
  const own = [{ at: 3, label: 'three' }];
  expect(ticksOf({ title: '', domain: [0, 10], ticks: own }, 400, 64)).toBe(own);
  const at = (pixels: number, log = false): number[] =>
    ticksOf({ title: '', domain: log ? [1, 1000] : [0, 10], log }, pixels, 64)
      .filter(({ label }) => label !== '')
      .map((tick) => tick.at + 0);
  expect(at(400, true)).toEqual(expect.arrayContaining([1, 10, 100, 1000]));
  expect(at(130)).toEqual([0, 5, 10]);
  expect(at(400).length).toBeGreaterThan(3);
});
