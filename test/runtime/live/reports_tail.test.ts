import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportRecord } from '../../../runtime/live/report_record.js';
import { beginReports, readReports, type ReportsLog, type Wanted } from '../../../runtime/live/reports_tail.js';
import { TruncatedLog } from '../../../sources/kafka/truncated_log.js';
import type { KafkaLog } from '../../../sources/kafka/types.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { fakeKafka } from '../../support/fake_kafka.js';

const TOPIC = 'g.windows';
const HASH = 'cafe';
const closing = { at: 1.7e12, run: 'one' };
const named = (index: number, chain = `c${index}`): WindowReport =>
  ({ window: 10 + index, index, chain, pipelineHash: HASH }) as WindowReport;
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** A log of what each keeper wrote, in turn; a text is what is no report. */
async function logOf(
  parts: readonly (readonly [epoch: number, reports: readonly WindowReport[]] | string)[],
  most = 5,
): Promise<ReportsLog & { said: string[] }> {
  const kafka = fakeKafka({}, () => most);
  for (const part of parts) {
    if (typeof part === 'string')
      await kafka.writer.write([{ topic: TOPIC, partition: 0, key: null, value: Buffer.from(part) }]);
    else await kafka.writer.write(part[1].map((report) => reportRecord(TOPIC, report, part[0], closing)));
  }
  const said: string[] = [];
  return { log: kafka.log, topic: TOPIC, pipelineHash: HASH, notice: (line) => said.push(line), said };
}

async function taken(from: ReportsLog, wanted: Wanted): Promise<string[]> {
  const tail = await beginReports(from, wanted);
  const chains: string[] = [];
  while (tail.position < tail.past) chains.push(...(await readReports(from, tail)).map(({ report }) => report.chain));
  expect(tail.position).toBe(tail.end);
  return chains;
}
const of = (...indexes: number[]): string[] => indexes.map((index) => `c${index}`);

test('nothing was closed yet', async () => {
  expect(await taken(await logOf([]), { last: null, most: 9 })).toEqual([]);
});

test('as many windows of before as are wanted', async () => {
  const parts = [[1, range(0, 30).map((i) => named(i))]] as const;
  expect(await taken(await logOf(parts), { last: null, most: 4 })).toEqual(of(26, 27, 28, 29));
  expect(await taken(await logOf(parts), { last: null, most: 100 })).toEqual(of(...range(0, 30)));
  expect(await taken(await logOf(parts), { last: null, most: 0 })).toEqual([]);
});

test('goes on with the last window that is there', async () => {
  const parts = [[1, range(0, 30).map((i) => named(i))]] as const;
  expect(await taken(await logOf(parts), { last: { index: 27, chain: 'c27' }, most: 9 })).toEqual(of(27, 28, 29));
});

test('of another stream, or of one that the log does not know, it begins anew', async () => {
  const parts = [[1, range(0, 9).map((i) => named(i))]] as const;
  for (const last of [
    { index: 5, chain: 'other' },
    { index: 50, chain: 'c50' },
  ])
    expect(await taken(await logOf(parts), { last, most: 3 })).toEqual(of(6, 7, 8));
});

test('what a keeper writes that was given up is not taken, be it the same or another', async () => {
  const parts = [
    [1, range(0, 5).map((i) => named(i))],
    [2, range(3, 7).map((i) => named(i))],
    [1, [named(5, 'wrong'), named(6)]],
    [2, [named(7)]],
  ] as const;
  expect(await taken(await logOf(parts), { last: null, most: 99 })).toEqual(of(0, 1, 2, 3, 4, 3, 4, 5, 6, 7));
});

test('a group whose state was taken away begins anew, with a lower epoch', async () => {
  const parts = [
    [7, range(0, 5).map((i) => named(i))],
    [1, range(0, 3).map((i) => named(i, `again${i}`))],
    [2, [named(3, 'again3')]],
  ] as const;
  expect(await taken(await logOf(parts), { last: null, most: 99 })).toEqual([
    ...of(0, 1, 2, 3, 4),
    ...['again0', 'again1', 'again2', 'again3'],
  ]);
});

test('a log whose head is gone gives what it has', async () => {
  const from = await logOf([[1, range(0, 9).map((i) => named(i))]]);
  const start = 6;
  const fetch: KafkaLog['fetch'] = (positions, options) => {
    const gone = positions.find(({ offset }) => offset < start);
    return gone ? Promise.reject(new TruncatedLog(TOPIC, 0, gone.offset, start)) : from.log.fetch(positions, options);
  };
  const log = { ...from.log, fetch, bounds: () => Promise.resolve([{ start, end: 9 }]) };
  expect(await taken({ ...from, log }, { last: null, most: 99 })).toEqual(of(6, 7, 8));
  expect(await taken({ ...from, log }, { last: named(2), most: 99 })).toEqual(of(6, 7, 8));
  expect(await taken({ ...from, log }, { last: named(7), most: 99 })).toEqual(of(7, 8));
});

test('what is no report is told, and passed over', async () => {
  const from = await logOf([[1, [named(0)]], 'nonsense', [1, [named(1)]], 'nonsense']);
  expect(await taken(from, { last: null, most: 9 })).toEqual(of(0, 1));
  expect(from.said).toEqual([
    expect.stringContaining('topic g.windows offset 1: is no JSON'),
    expect.stringContaining('topic g.windows offset 3: is no JSON'),
  ]);
});

test('wherever keepers took over: every window behind the last one comes, in order', async () => {
  /** Each keeper begins no later than the one before it ended, which may have been killed over what others had written. */
  const keepers = fc.array(fc.record({ back: fc.nat(4), more: fc.nat(9) }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(keepers, fc.nat(99), fc.nat(60), async (some, from, most) => {
      let [end, next] = [0, 0];
      const parts = some.map(({ back, more }, i) => {
        const first = Math.max(0, end - back);
        end = first + more;
        next = Math.max(next, end);
        return [i + 1, range(first, end).map((index) => named(index))] as const;
      });
      // The last one gets as far as any.
      parts.push([99, range(Math.max(0, end - 2), next).map((index) => named(index))]);
      const last = next === 0 ? null : from % (next + 1) === next ? null : from % (next + 1);
      const found = await taken(await logOf(parts, 7), {
        ...{ last: last === null ? null : named(last), most },
      });
      const first = last === null ? Math.max(0, next - most) : last + 1;
      const fresh = [...new Set(found)].filter((chain) => Number(chain.slice(1)) >= first);
      expect(fresh).toEqual(of(...range(first, next)));
    }),
    { numRuns: 300 },
  );
});
