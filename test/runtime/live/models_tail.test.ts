import { beforeAll, expect, test } from 'vitest';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import type { EndMessage, ModelsMessage } from '../../../runtime/live/messages.js';
import { followModels, modelsTail, summaryOfEnd } from '../../../runtime/live/models_tail.js';
import { toParts } from '../../../runtime/live/parts.js';
import { fakeKafka } from '../../support/fake_kafka.js';
import { modelsOf, range, told } from '../../support/live_events.js';
import { problemOf } from '../../support/problem_of.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('correction=none');
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1200));
});

const tailOf = modelsTail;
async function following(messages: readonly (ModelsMessage | EndMessage)[], hash = loaded.hash, most = 100) {
  const kafka = fakeKafka({}, () => most);
  for (const message of messages) {
    await kafka.writer.write(toParts(message, hash).map((part) => ({ topic: 'm', partition: 0, key: null, ...part })));
  }
  return kafka.log;
}

test('knows what the keeper told last', async () => {
  const tail = tailOf();
  const log = await following([told(models, 3, 3), told(models, 5, 5)]);
  expect(await followModels(loaded, log, 'm', tail)).toBe(true);
  expect([tail.models!.through, tail.position]).toEqual([5, 2]);
  expect(await followModels(loaded, log, 'm', tail)).toBe(false);
});

test('what a keeper says that was given up changes nothing, be it older or the same', async () => {
  const late = [told(models, 5, 5), told(models, 3, 3), told(models, 5, 4)];
  const tail = tailOf();
  await followModels(loaded, await following(late), 'm', tail);
  expect(tail.models).toMatchObject({ through: 5, closed: 5 });
  const { applied } = told(models);
  const [first] = applied;
  const more = { ...told(models, 5, 5), applied: [...applied, { ...first!, from: 5 }] };
  await followModels(loaded, await following([more, told(models, 6, 6)]), 'm', Object.assign(tail, { position: 0 }));
  expect(tail.models!.applied).toHaveLength(2);
});

test('the end of the stream', async () => {
  const summary = {
    ...{ pipeline: 'base', pipelineHash: loaded.hash, deadLetters: 0, windows: 0, veryLate: 0 },
    join: null,
    events: { read: 0, used: 0, rejected: {}, late: 0, duplicate: 0 },
    models: null,
    stateHash: 'x',
    chain: '',
  };
  const tail = tailOf();
  await followModels(loaded, await following([told(models), { kind: 'end', epochs: [3, 4], summary }]), 'm', tail);
  expect(tail).toMatchObject({ end: { summary }, models: { through: Infinity } });
  const owning = (epoch: number) => summaryOfEnd(tail, new Map([[1, { epoch }]]));
  // Who has taken the partition up since has another end to come.
  expect([owning(4), owning(5)]).toEqual([summary, null]);
  expect(summaryOfEnd(tail, new Map())).toEqual(summary);
  tail.end = { ...tail.end!, news: false };
  expect(summaryOfEnd(tail, new Map())).toBeNull();
});

test('of another pipeline is a Problem with its place', async () => {
  const log = await following([told(models)], 'f'.repeat(64));
  expect((await problemOf(() => followModels(loaded, log, 'm', tailOf()))).message).toMatch(
    /^topic m offset 0: was written by pipeline ffffffffffff, /,
  );
});
