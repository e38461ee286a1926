import { beforeAll, describe, expect, test } from 'vitest';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { firstModels } from '../../../runtime/live/first_models.js';
import { liveModels, type LiveModels } from '../../../runtime/live/live_models.js';
import type { SkimChunk } from '../../../runtime/skim.js';
import { arrived, findingsOf, range } from '../../support/live_events.js';
import { problemOf } from '../../support/problem_of.js';
import { crewOf, settings } from '../../support/replay.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none');
const chunkOf = (events: readonly number[]): SkimChunk => arrived(loaded, [0, events]).chunk;
const learned = (shards: number, ...chunks: SkimChunk[]): Promise<LiveModels> =>
  firstModels(loaded, crewOf(shards, loaded, [], settings()), chunks);
let models: LiveModels;
beforeAll(async () => {
  models = await learned(1, chunkOf(range(0, 1500)));
});

describe('the first models', () => {
  test('are those that a replay of the same events finds', async () => {
    const found = await findingsOf(loaded, range(0, 1500));
    expect(models).toEqual(liveModels(found));
    expect(models.map).toEqual(found.fit.map);
    expect(models.step).toEqual(found.local!.learned!.step);
    expect(models.correction).toEqual(found.corrected!.fit.accepted ? found.corrected!.fit.model : null);
    expect([models.events, models.judge]).toEqual([1500, 'learned']);
  });

  test('are the same however the events are cut, ordered and shared out', async () => {
    const backwards = range(0, 1500).reverse();
    const chunks = [backwards.slice(0, 7), backwards.slice(7, 900), [], backwards.slice(900)].map(chunkOf);
    expect(await learned(2, ...chunks)).toEqual(models);
  });

  test('come back from a checkpoint', () => {
    expect(decodeState(encodeState(models))).toEqual(models);
  });
});

test('of no events at all there are none', async () => {
  expect((await problemOf(() => learned(1, chunkOf([])))).message).toContain('no usable event among 0 read');
});
