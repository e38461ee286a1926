import { expect, it } from 'vitest';
import { correctionModel } from '../../../operators/correction/candidates.js';
import { happened, reborn } from '../../../operators/online/events.js';
import { onlineModels } from '../../../operators/online/models.js';
import { regimeMap } from '../../support/corrections.js';

const training = { from: 0, to: 3, events: 10, weight: 10, forgotten: 0 };
const models = (...ids: number[]) => {
  const map = regimeMap({ variables: ['x'], scale: [{ mean: 0, width: 1 }], centroids: ids.map((id) => [id]) });
  const bounds = ids.map(() => [0]);
  return onlineModels(
    { map, ids },
    correctionModel(map, 'identity', 0, { low: bounds, high: bounds }, bounds),
    training,
  );
};
const [before, after] = [models(0, 1, 4), models(1, 5, 6)];

it('what was decided at the end of a window holds from the next on', () => {
  expect(happened({ last: 7, current: before }, 'kept', after, 'why')).toEqual({
    window: 7,
    effective: 8,
    kind: 'kept',
    version: after.version,
    inEffect: before.version,
    reason: 'why',
    training,
  });
  const nothing = happened({ last: 7, current: null }, 'kept', null, 'why');
  expect([nothing.version, nothing.inEffect, nothing.training]).toEqual([null, null, null]);
});

it('deaths come before births', () => {
  const changes = reborn({ last: 7, current: after }, before, after, 'gone', 'come');
  expect(changes.map(({ kind, regime, reason }) => [kind, regime, reason])).toEqual([
    ['death', 0, 'gone'],
    ['death', 4, 'gone'],
    ['birth', 5, 'come'],
    ['birth', 6, 'come'],
  ]);
  expect(reborn({ last: 7, current: after }, null, after, '', '').length).toBe(3);
});
