import { describe, expect, it } from 'vitest';
import { effectiveN, sumOfWeights } from '../../../operators/response/effective_n.js';
import { sumAt } from '../../../operators/summaries/exact_sum.js';
import { moments } from '../../../operators/summaries/moments.js';
import { reference } from './reference.js';
import { filled } from './rows.js';

const { delta, w, group } = reference;

describe.each([
  ['counted, narrow', false, false],
  ['counted, wide', false, true],
  ['weighted', true, false],
] as const)('moments, %s', (_, weighted, wide) => {
  const state = filled(
    moments,
    { groups: 3, weighted, wide },
    { columns: [delta], group, weight: weighted ? w : undefined },
  );

  it.each([0, 1, 2])('equal numpy.average, group %i', (g) => {
    const expected = reference.moments[weighted ? 'weighted' : 'counted'][g]!;
    const total = sumOfWeights(state, g);
    const mean = sumAt(state.sums, 3 * g) / total;
    expect(mean).toBeCloseTo(expected.mean, 14);
    expect(sumAt(state.sums, 3 * g + 1) / total - mean * mean).toBeCloseTo(expected.variance, 14);
    expect(sumAt(state.sums, 3 * g + 2) / total).toBeCloseTo(expected.meanAbsolute, 14);
    expect(effectiveN(state, g)).toBeCloseTo(expected.effectiveN, 9);
  });
});

describe('moments', () => {
  const wide = { groups: 1, weighted: false, wide: true };

  it('keep every digit of a sum that floating point would lose', () => {
    const { sums } = filled(moments, wide, { columns: [[1e9, 1e-9, -1e9]] });
    expect(sumAt(sums, 0)).toBeCloseTo(1e-9, 24);
    expect(sumAt(sums, 1)).toBe(2e18);
  });

  it('take no notice of weights if they are not weighted', () => {
    const columns = [[3, 4]];
    expect(filled(moments, wide, { columns, weight: [5, -1] })).toEqual(filled(moments, wide, { columns }));
  });

  it('name a value that is too large to be summed exactly', () => {
    expect(() => filled(moments, wide, { columns: [[1, 1e200]] })).toThrow(
      'moments: value 1e+200 with weight 1 is too large for exact sums (weight × value² beyond 2^83)',
    );
    const weighted = { groups: 1, weighted: true, wide: true };
    expect(() => filled(moments, weighted, { columns: [[1, 2 ** 20]], weight: [1, -(2 ** 24)] })).toThrow(
      'beyond 2^63',
    );
    expect(() => filled(moments, wide, { columns: [[NaN]] })).toThrow('moments: value NaN');
    expect(() => filled(moments, { ...wide, wide: false }, { columns: [[NaN]] })).toThrow('exact sum');
  });
});
