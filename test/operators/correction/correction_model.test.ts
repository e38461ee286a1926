import { describe, expect, it } from 'vitest';
import { checkCorrection, features, type CorrectionModel } from '../../../operators/correction/correction_model.js';
import { correctionModel, regimeMap } from '../../support/corrections.js';

describe('features of a correction', () => {
  it('are 1, each variable, and each product once, in lexicographic order', () => {
    expect(features(2, 0)).toEqual([[]]);
    expect(features(2, 1)).toEqual([[], [0], [1]]);
    expect(features(3, 2)).toEqual([[], [0], [1], [2], [0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]]);
  });

  it.each([1, 2, 3, 4, 7])('of %i variables are (v + 1)(v + 2) / 2 up to degree 2', (v) => {
    expect(features(v, 2)).toHaveLength(((v + 1) * (v + 2)) / 2);
  });
});

describe('check of a correction', () => {
  const map = regimeMap({ variables: ['x'], scale: [{ mean: 0, width: 1 }], centroids: [[-1], [1]] });
  const right = correctionModel({
    regimeMap: map.version,
    layer: 'smooth',
    variables: ['x'],
    degree: 1,
    low: [[-2], [-Infinity]],
    high: [[0], [Infinity]],
    coefficients: [
      [0, 0],
      [0, 0],
    ],
  });

  it('accepts one that fits its map', () => {
    checkCorrection(right, map);
    checkCorrection({ ...right, layer: 'identity', degree: 0, low: [], high: [], coefficients: [] }, map);
    checkCorrection({ ...right, layer: 'regime', degree: 0, low: [], high: [], coefficients: [[0], [0]] }, map);
  });

  const wrong: [Partial<CorrectionModel>, string][] = [
    [{ regimeMap: 'f'.repeat(64) }, `made for regime map ffffffffffff, not ${map.version.slice(0, 12)}`],
    [{ variables: ['y'] }, 'of the variables [y], the regime map has [x]'],
    [{ coefficients: [[0, 0]] }, '1 rows of coefficients for 2 regimes'],
    [{ coefficients: [[0, 0], [0]] }, '1 coefficients for regime 1, 2 are needed'],
    [
      {
        coefficients: [
          [0, NaN],
          [0, 0],
        ],
      },
      'coefficients of regime 0 are not all usable numbers',
    ],
    [{ low: [[-2, 1], [0]] }, '2 lower bounds for regime 0, 1 are needed'],
    [{ high: [[0], [NaN]] }, 'upper bounds of regime 1 are not all usable numbers'],
    [{ low: [[1], [0]] }, 'bounds of regime 0 are reversed'],
  ];

  it.each(wrong)('refuses %j', (change, what) => {
    const name = `correction ${right.version.slice(0, 12)}`;
    expect(() => {
      checkCorrection({ ...right, ...change }, map);
    }).toThrow(`${name}: ${what}; fit it again on this map`);
  });
});
