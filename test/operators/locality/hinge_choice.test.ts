import { expect, it } from 'vitest';
import { chooseHinge, type Grids } from '../../../operators/locality/hinge_choice.js';
import { hingeGrid } from '../../../operators/locality/hinge_grid.js';
import { reference } from './toys.js';

const { x, error } = reference.fits[4]!;
const grids: Grids = [
  hingeGrid(Float64Array.from(x), Float64Array.from(error), 'constant'),
  hingeGrid(Float64Array.from(x), Float64Array.from(error), 'line'),
];
const curve = (drift: number): Float64Array =>
  Float64Array.from(x, (each) => drift * each - 7e-5 * Math.max(0, each - 400));

it('lets the baseline drift only where the data ask for it', () => {
  expect(chooseHinge(grids, Float64Array.from(reference.fits[4]!.y), 0.005).grid).toBe(grids[1]);
  expect(chooseHinge(grids, curve(0), 0.005).grid).toBe(grids[0]);
});

it('calls nothing a drift that leaves tolerance below the onset, or is a quarter of the slope', () => {
  expect(chooseHinge(grids, curve(-1e-5), 0.005).grid).toBe(grids[1]);
  expect(chooseHinge(grids, curve(-1e-5), 0.003).grid).toBe(grids[0]);
  expect(chooseHinge(grids, curve(-2e-5), 1).grid).toBe(grids[0]);
});

it('has no choice when the baseline is known', () => {
  const known: Grids = [hingeGrid(Float64Array.from(x), Float64Array.from(error), 'known')];
  expect(chooseHinge(known, curve(-1e-5), 1).grid).toBe(known[0]);
});
