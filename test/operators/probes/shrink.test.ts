import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../operators/probes/blocks.js';
import { shrink } from '../../../operators/probes/shrink.js';
import { allRows, envelopeOf, eventsOf } from '../../support/linear_objective.js';

describe('shrink', () => {
  it('brings a single feature to nominal ± s σ and leaves one that is inside as it is, bit for bit', () => {
    const events = eventsOf([[10, 10, 10, 10]], [[2, 2, 2, 0]]);
    const envelope = envelopeOf(1);
    const x = [Float64Array.of(20, 3, 11.7, 12)];
    shrink(envelope, events, allRows(4), x, 1.5, blocksOf(envelope)[0]!);
    // A value without an uncertainty is held: that is for `project` to see to.
    expect([...x[0]!]).toEqual([13, 7, 11.7, 12]);
  });

  it('shrinks a group along its own direction to the ellipsoid', () => {
    const events = eventsOf([[0], [0]], [[1], [2]]);
    const envelope = envelopeOf(2, {
      groups: [
        {
          members: [0, 1],
          correlation: [
            [1, 0.6],
            [0.6, 1],
          ],
        },
      ],
    });
    const x = [Float64Array.of(3), Float64Array.of(6)];
    shrink(envelope, events, allRows(1), x, 1, blocksOf(envelope)[0]!);
    // u = (3, 3): uᵀ R⁻¹ u = 18 / 1.6; on the surface u = √(1.6 / 2) (1, 1).
    expect(x[0]![0]).toBeCloseTo(Math.sqrt(0.8), 12);
    expect(x[1]![0]).toBeCloseTo(2 * Math.sqrt(0.8), 12);
  });

  it('keeps discrete values on their grid, toward the nominal one', () => {
    const events = eventsOf([[4]], [[1]]);
    const envelope = envelopeOf(1, { step: [1] });
    const x = [Float64Array.of(6.9)];
    shrink(envelope, events, allRows(1), x, 1.9, blocksOf(envelope)[0]!);
    expect([...x[0]!]).toEqual([5]);
  });
});
