import { beforeAll, expect, test } from 'vitest';
import { contentHash } from '../../../operators/summaries/codec.js';
import { coreBounds } from '../../../runtime/core_bounds.js';
import { canCorrect, liveModels } from '../../../runtime/live/live_models.js';
import type { Findings } from '../../../runtime/report/build.js';
import { findingsOf, range } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

let found: Findings;
beforeAll(async () => {
  found = await findingsOf(basePipeline('weight=none'), range(0, 1500));
});

test('are named by their content', () => {
  const { version, ...content } = liveModels(found);
  expect(version).toBe(contentHash(content));
  expect(liveModels({ ...found, used: 1499 }).version).not.toBe(version);
});

test('hold the bounds of the core, and of the local models the one that judges', () => {
  const models = liveModels(found);
  expect(models.core).toEqual(coreBounds(found.fit.map, found.observed, found.zoomed));
  const local = { ...found.local!, judge: 'declared' as const };
  expect(liveModels({ ...found, local })).toMatchObject({ judge: 'declared', step: null });
  expect(liveModels({ ...found, local: { ...found.local!, judge: undefined } })).toMatchObject({
    judge: null,
    step: null,
  });
});

test('hold a correction only if it was accepted', () => {
  const fitted = (accepted: boolean) => ({
    ...found,
    corrected: { ...found.corrected!, fit: { ...found.corrected!.fit, accepted } },
  });
  expect(liveModels(fitted(true)).correction).toBe(found.corrected!.fit.model);
  expect(liveModels(fitted(false)).correction).toBe(null);
  expect(liveModels({ ...found, corrected: null }).correction).toBe(null);
});

test('without a response: regimes alone', () => {
  expect(liveModels({ ...found, local: null, corrected: null })).toMatchObject({
    core: null,
    judge: null,
    step: null,
    correction: null,
  });
});

test('can correct where one was accepted, or may be as windows close', () => {
  const models = liveModels(found);
  const none = { ...models, correction: null };
  const [once, online] = [basePipeline().pipeline, basePipeline('online={}').pipeline];
  expect(models.correction).not.toBeNull();
  expect([canCorrect(once, models), canCorrect(once, none), canCorrect(online, none)]).toEqual([true, false, true]);
});
