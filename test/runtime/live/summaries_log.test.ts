import { describe, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import { toParts, type Part } from '../../../runtime/live/parts.js';
import { placeOf, summariesLog, takeRecord } from '../../../runtime/live/summaries_log.js';
import type { LogRecord } from '../../../sources/kafka/types.js';

const HASH = 'a'.repeat(64);
const long = (window: number): Part[] =>
  toParts(
    { kind: 'window', window, book: Uint8Array.from({ length: 1_000_000 }, (_, i) => hashKey(window, i, 0)) },
    HASH,
  );
const short = (window: number): Part[] => toParts({ kind: 'window', window }, HASH);
const record = (offset: number, { value, headers }: Part): LogRecord => ({
  ...{ offset, key: null, value },
  headers: new Map(Object.entries(headers)),
});
const windows = (log: ReturnType<typeof summariesLog>, records: readonly LogRecord[]): unknown[] =>
  records.flatMap((each) => {
    const message = takeRecord(log, each, HASH, 't') as { window: number } | null;
    log.position = each.offset + 1;
    return message ? [message.window] : [];
  });

const [head, tail] = long(1) as [Part, Part];

test('messages come when they are whole', () => {
  const log = summariesLog(0, 0);
  expect(windows(log, [record(0, head), record(1, short(2)[0]!)])).toEqual([2]);
  expect(placeOf(log)).toEqual({ next: 2, from: 0 });
  expect(windows(log, [record(2, tail)])).toEqual([1]);
  expect(placeOf(log)).toEqual({ next: 3, from: 3 });
});

test('taken up again, a message that is in the state is not taken twice, and one that had begun is finished', () => {
  const records = [record(0, head), record(1, short(2)[0]!), record(2, tail), record(3, short(3)[0]!)];
  for (let at = 0; at <= records.length; at++) {
    const first = summariesLog(0, 0);
    const before = windows(first, records.slice(0, at));
    const { next, from } = placeOf(first);
    const again = summariesLog(from, next);
    expect([...before, ...windows(again, records.slice(from))]).toEqual([2, 1, 3]);
    expect(placeOf(again)).toEqual({ next: 4, from: 4 });
  }
});

describe('a message whose writer has died over it', () => {
  test('is given up in the end, so that the log need not be kept for it', () => {
    const log = summariesLog(0, 0);
    windows(log, [record(5, head)]);
    windows(log, [record(65_540, short(2)[0]!)]);
    expect(placeOf(log)).toEqual({ next: 65_541, from: 5 });
    windows(log, [record(65_541, short(3)[0]!)]);
    expect(placeOf(log)).toEqual({ next: 65_542, from: 65_542 });
    expect([log.pending, log.begun.size]).toEqual([{}, 0]);
  });
});
