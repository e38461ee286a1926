import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinBins } from '../../../operators/locality/join_bins.js';
import { profileOf } from './toys.js';

describe('joinBins', () => {
  it('gives the mean, the centre and the error of the events together', () => {
    const joined = joinBins(profileOf([1, 4, 2], [0.1, 0.2, 0.1], [60, 40, 100]), 100);
    expect([...joined.n]).toEqual([100, 100]);
    expect(joined.value[0]).toBeCloseTo((60 * 1 + 40 * 4) / 100, 14);
    expect(joined.centre[0]).toBeCloseTo((60 * 0.5 + 40 * 1.5) / 100, 14);
    expect([...joined.low, ...joined.high]).toEqual([0, 2, 2, 3]);
    // The variances of one event are 0.6, 1.6 and 1, averaged over all 200 events.
    const variance = (60 * 0.6 + 40 * 1.6 + 100 * 1) / 200;
    for (const error of joined.error) expect(error).toBeCloseTo(Math.sqrt(variance / 100), 14);
  });

  it('leaves bins alone that hold enough, and gives the rest at the top to the last', () => {
    const joined = joinBins(profileOf([1, 2, 3, 4], [1, 1, 1, 1], [100, 0, 120, 99]), 100);
    expect([...joined.n]).toEqual([100, 219]);
    expect([...joined.high]).toEqual([1, 4]);
  });

  it('counts the events of bins of unknown value, and takes a neighbour’s variance for an unknown error', () => {
    const joined = joinBins(profileOf([1, NaN, 3], [0.1, 0.1, NaN], [100, 7, 400]), 100);
    expect(joined.unknown).toBe(7);
    expect([...joined.n]).toEqual([100, 400]);
    expect(joined.error[1]).toBeCloseTo(Math.sqrt(1 / 400), 14);
  });

  it('keeps every event and the overall mean', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.double({ min: -1, max: 1, noNaN: true })), {
          minLength: 1,
          maxLength: 40,
        }),
        (bins) => {
          const n = bins.map(([events]) => events);
          const value = bins.map(([, each]) => each);
          const all = n.reduce((a, b) => a + b, 0);
          const joined = joinBins(
            profileOf(
              value,
              n.map(() => 0.1),
              n,
            ),
            100,
          );
          expect(joined.n.length === 0).toBe(all < 100);
          if (all < 100) return;
          for (const events of joined.n) expect(events).toBeGreaterThanOrEqual(100);
          expect(joined.n.reduce((a, b) => a + b, 0)).toBe(all);
          const sum = joined.value.reduce((a, each, i) => a + each * joined.n[i]!, 0);
          expect(sum).toBeCloseTo(
            value.reduce((a, each, i) => a + each * n[i]!, 0),
            9,
          );
        },
      ),
    );
  });

  it('refuses a count that is none, and errors that are all unknown', () => {
    expect(() => joinBins(profileOf([1], [1], [-3]), 1)).toThrow('profile of H_T: bin 0 holds -3 events; give a count');
    expect(() => joinBins(profileOf([1], [NaN], [3]), 1)).toThrow('no bin has an error above 0');
  });
});
