import { expect, it } from 'vitest';
import { hingeGrid } from '../../../operators/locality/hinge_grid.js';
import { lookElsewhere, tubeLength } from '../../../operators/locality/look_elsewhere.js';
import { reference } from './toys.js';

for (const { kind, x, error, length, gain, p } of reference.null) {
  const grid = hingeGrid(Float64Array.from(x), Float64Array.from(error), kind);

  it(`has the length of the curve of unit hinges that NumPy finds: ${kind} baseline`, () => {
    expect(Math.abs(tubeLength(grid) / length - 1)).toBeLessThan(1e-3);
  });

  it(`bounds the simulated probability of the best hinge, closely: ${kind} baseline`, () => {
    gain.forEach((each, i) => {
      const ratio = Math.exp(lookElsewhere(grid, each)) / p[i]!;
      const scatter = 4 / Math.sqrt(400_000 * p[i]!);
      expect(ratio, `${each}`).toBeGreaterThan(1 - scatter);
      expect(ratio, `${each}`).toBeLessThan(1.3 + scatter);
    });
  });

  it(`is certain of nothing without a gain, and goes on beyond the smallest number: ${kind} baseline`, () => {
    expect(lookElsewhere(grid, 0)).toBe(0);
    const far = lookElsewhere(grid, 2e4);
    expect(Math.abs(far + 1e4)).toBeLessThan(2);
  });
}
