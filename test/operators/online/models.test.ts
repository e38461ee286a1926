import { expect, it } from 'vitest';
import { checkCorrection } from '../../../operators/correction/correction_model.js';
import { correctionModel } from '../../../operators/correction/candidates.js';
import { mapAndCorrection, onlineModels, shortName, uncorrected } from '../../../operators/online/models.js';
import { regimeMap } from '../../support/corrections.js';

const map = regimeMap({ variables: ['x'], scale: [{ mean: 0, width: 1 }], centroids: [[0], [1]] });
const training = { from: 0, to: 3, events: 10, weight: 10, forgotten: 0 };
const range = {
  low: [[-1], [0]],
  high: [[1], [2]],
};
const correction = correctionModel(map, 'regime', 0, range, [[0.1], [0]]);
const models = onlineModels({ map, ids: [0, 1] }, correction, training);

it('a version is its content: map, numbers and correction, and not when it was learnt', () => {
  expect(models.version).toMatch(/^[0-9a-f]{64}$/);
  expect(shortName(models)).toBe(models.version.slice(0, 12));
  expect(onlineModels({ map, ids: [0, 1] }, correction, { ...training, to: 4 }).version).toBe(models.version);
  expect(onlineModels({ map, ids: [0, 2] }, correction, training).version).not.toBe(models.version);
  expect(mapAndCorrection(models)).toEqual({ map, correction });
});

it('without a correction: the same regimes, and c = 0 on their map', () => {
  const none = uncorrected(models);
  expect(none.version).not.toBe(models.version);
  expect(none.regimes).toEqual(models.regimes);
  expect(none.correction).toMatchObject({ layer: 'identity', degree: 0, coefficients: [[0], [0]], ...range });
  checkCorrection(none.correction, map);
  expect(uncorrected(none).version).toBe(none.version);
});
