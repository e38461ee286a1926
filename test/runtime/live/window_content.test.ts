import { beforeAll, expect, test } from 'vitest';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { known, windowContent } from '../../../runtime/live/window_content.js';
import { bookOf, modelsOf, range } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none');
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1500));
});

test('is of the events of the window, and has no pulls without a local model', () => {
  const { pipeline } = loaded;
  const whole = windowContent(pipeline, models, bookOf(loaded, models, range(0, 50)), false);
  expect(Object.keys(known(whole))).toEqual(['distributions', 'grid', 'zones', 'worst']);
  expect(whole.worst).toHaveLength(20);
  const without = { ...models, judge: null };
  const { worst } = windowContent(pipeline, without, bookOf(loaded, without, range(0, 50)), false);
  expect(worst).toBeUndefined();
});

test('is nothing without a response', async () => {
  const bare = basePipeline('response=none', 'correction=none', 'weight=none');
  const counted = await modelsOf(bare, range(0, 500));
  expect(windowContent(bare.pipeline, counted, bookOf(bare, counted, range(0, 50)), false)).toEqual({});
});

test('what is undefined is left out, and nothing else', () => {
  expect(Object.entries(known({ a: undefined, b: null, c: 0, d: [] }))).toEqual([
    ['b', null],
    ['c', 0],
    ['d', []],
  ]);
});
