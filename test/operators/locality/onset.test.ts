import { expect, it } from 'vitest';
import { fitHinge, hingeCurve } from '../../../operators/locality/hinge.js';
import { hingeGrid } from '../../../operators/locality/hinge_grid.js';
import { onsetInterval } from '../../../operators/locality/onset.js';
import { reference } from './toys.js';

const { x, y, error } = reference.fits[0]!;
const columns = { y: Float64Array.from(y), error: Float64Array.from(error) };
const grid = hingeGrid(Float64Array.from(x), columns.error, 'constant');
const hinge = fitHinge(grid, columns.y);
const fitted = Float64Array.from(x, (each) => hingeCurve(hinge, each));
const interval = (seed: number, replicates: number): ReturnType<typeof onsetInterval> =>
  onsetInterval([grid], { ...columns, fitted }, 0, { seed, replicates });

it('is the same for the same seed, another for another, and nested', () => {
  const found = interval(1, 200);
  expect(interval(1, 200)).toEqual(found);
  expect(interval(2, 200)).not.toEqual(found);
  const { low, low68, high68, high } = found;
  expect([low, low68, hinge.onset, high68, high].every((each, i, all) => i === 0 || each >= all[i - 1]!)).toBe(true);
  expect(found.slopeError).toBeGreaterThan(0);
});

it('shrinks with the errors', () => {
  const small = columns.error.map((each) => each / 10);
  const fine = hingeGrid(Float64Array.from(x), small, 'constant');
  const exact = onsetInterval([fine], { y: fitted, fitted, error: small }, 0, { seed: 1, replicates: 200 });
  const wide = interval(1, 200);
  expect(exact.high - exact.low).toBeLessThan((wide.high - wide.low) / 5);
  expect(exact.low).toBeLessThan(hinge.onset);
  expect(exact.high).toBeGreaterThan(hinge.onset);
});
