import { expect, test } from 'vitest';
import { followWindows, type FollowOptions } from '../../../runtime/live/follow_windows.js';
import { reportRecord } from '../../../runtime/live/report_record.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import type { KafkaLog } from '../../../sources/kafka/types.js';
import { fakeKafka, type FakeKafka } from '../../support/fake_kafka.js';

const TOPIC = 'g.windows';
const HASH = 'cafe';
const named = (index: number): WindowReport =>
  ({ window: index, index, chain: `c${index}`, pipelineHash: HASH }) as WindowReport;

const write = (kafka: FakeKafka, ...indexes: number[]): Promise<void> =>
  kafka.writer.write(indexes.map((index) => reportRecord(TOPIC, named(index), 1, { at: 5, run: 'r' })));

/** Who keeps each window once; what happens is kept in order. */
function taker(more: { readonly onTake?: (index: number) => Promise<unknown> } = {}) {
  const heard: string[] = [];
  let last: WindowReport | null = null;
  return {
    heard,
    wanted: () => ({ last, most: 9 }),
    async take({ report }: { report: WindowReport }) {
      await more.onTake?.(report.index);
      if (last?.chain === report.chain) return;
      last = report;
      heard.push(report.chain);
    },
    caughtUp: () => {
      if (heard.at(-1) !== 'caught up') heard.push('caught up');
    },
  };
}

const options = (log: KafkaLog, more: Partial<FollowOptions> = {}): FollowOptions & { said: string[] } => {
  const said: string[] = [];
  return {
    ...{ topic: TOPIC, pipelineHash: HASH, notice: (line) => said.push(line), open: () => log, said },
    ...{ over: () => true, leaving: new AbortController().signal, signal: new AbortController().signal },
    ...more,
  };
};

test('what was closed before, then that it is caught up, then what is closed since, to the end', async () => {
  const kafka = fakeKafka({}, () => 2);
  await write(kafka, 0, 1, 2);
  const to = taker({ onTake: (index) => (index === 2 ? write(kafka, 3, 4) : Promise.resolve()) });
  let rounds = 0;
  await followWindows(options(kafka.log, { over: () => ++rounds > 3 }), to);
  expect(to.heard).toEqual(['c0', 'c1', 'c2', 'caught up', 'c3', 'c4', 'caught up']);
});

test('a log that fails ends nothing: it is told once, opened anew, and gone on with where it was', async () => {
  const kafka = fakeKafka({}, () => 2);
  await write(kafka, 0, 1, 2, 3);
  let [fetches, opened] = [0, 0];
  const open = (): KafkaLog => {
    opened++;
    return {
      ...kafka.log,
      fetch: (...args) => ([4, 5].includes(++fetches) ? Promise.reject(new Error('gone')) : kafka.log.fetch(...args)),
    };
  };
  let rounds = 0;
  const to = taker();
  const given = options(kafka.log, { open, over: () => ++rounds > 9 });
  await followWindows(given, to);
  expect(to.heard.filter((one) => one !== 'caught up')).toEqual(['c0', 'c1', 'c2', 'c3']);
  expect(given.said).toEqual(['windows of the group: gone']);
  expect(opened).toBe(3);
});

test('windows that the topic has lost are told, and those behind them taken', async () => {
  const kafka = fakeKafka({}, () => 9);
  await write(kafka, 0, 1, 4);
  const given = options(kafka.log);
  const to = taker();
  await followWindows(given, to);
  expect(to.heard).toEqual(['c0', 'c1', 'c4', 'caught up']);
  expect(given.said).toEqual([
    'topic g.windows: has lost windows 2 to 3 (by index): page and history go on with window 4',
  ]);
});

test('what is not known from the first window on says from which', async () => {
  const kafka = fakeKafka({}, () => 9);
  await write(kafka, 3, 4);
  const given = options(kafka.log);
  await followWindows(given, taker());
  expect(given.said).toEqual(['page and history begin with window 3 (by index)']);
});

test('what cannot be kept ends it', async () => {
  const kafka = fakeKafka({}, () => 9);
  await write(kafka, 0);
  const to = taker({ onTake: () => Promise.reject(new Error('disk full')) });
  await expect(followWindows(options(kafka.log), to)).rejects.toThrow('disk full');
});

test('who leaves does not read what was closed before to its end', async () => {
  const kafka = fakeKafka({}, () => 1);
  await write(kafka, 0, 1, 2, 3);
  const to = taker();
  await followWindows(options(kafka.log, { leaving: AbortSignal.abort() }), to);
  expect(to.heard).toEqual(['c0']);
});
