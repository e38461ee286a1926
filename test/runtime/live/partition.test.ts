import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { contentHash, decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { settleBook } from '../../../operators/summaries/book.js';
import { heldRows, rowsHeld } from '../../../runtime/live/held_rows.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { completeWindows, forgetWindow, passAll, progressOf, rowsToShip } from '../../../runtime/live/told_windows.js';
import { eventState, openPartition, takeAgain, takeEvents, type Partition } from '../../../runtime/live/partition.js';
import { useModels } from '../../../runtime/live/fill_windows.js';
import { restorePartition, storePartition, type StoredPartition } from '../../../runtime/live/stored_partition.js';
import { stateHash } from '../../../runtime/state_hash.js';
import { arrived, modelsOf, range, told, type NumberedMessage } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 20;
const loaded = basePipeline(`window={ events: ${WIDTH} }`);
const held = () => heldRows(2 ** 16, tmpdir());
const fresh = (): Partition => openPartition(loaded, 0, held());
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1500));
});

/** Windows that a partition has told, and what each held. */
type Told = Map<number, string>;

function tell(partition: Partition, into: Told): void {
  if (partition.again !== null) return;
  for (const { number, events, book } of completeWindows(partition)) {
    expect(into.has(number)).toBe(false);
    settleBook(book!);
    into.set(number, contentHash({ events, book }));
    forgetWindow(partition, number);
  }
}

interface Step {
  /** Messages read together, and when they are read again. */
  readonly take: number;
  readonly through: number | null;
  readonly crash: boolean;
}

/** Plays a log in steps; a crash goes on from what a checkpoint holds, and reads held rows again by `step.take`. */
function play(log: readonly NumberedMessage[], steps: readonly Step[]): { told: Told; hash: string; counts: unknown } {
  let partition = fresh();
  const windows: Told = new Map();
  let at = 0;
  const next = (i: number): Step => steps[i % steps.length]!;
  for (let i = 0; at < log.length; i++) {
    const { take, through, crash } = next(i);
    takeEvents(partition, arrived(loaded, ...log.slice(at, at + take)));
    at = Math.min(at + take, log.length);
    if (through !== null) useModels(partition, told(models, through));
    tell(partition, windows);
    if (!crash) continue;
    const { state, from } = storePartition(partition);
    const kept = decodeState(encodeState(state)) as StoredPartition;
    partition = restorePartition(loaded, 0, held(), kept);
    for (let again = from ?? at, j = i; again < at; j++) {
      const some = log.slice(again, Math.min(again + next(j).take, at));
      useModels(partition, told(models, Infinity));
      takeAgain(partition, arrived(loaded, ...some));
      again += some.length;
    }
    partition.again = null;
    if (partition.through > -Infinity) useModels(partition, told(models, partition.through));
  }
  useModels(partition, told(models));
  passAll(partition, 0);
  tell(partition, windows);
  return { told: windows, hash: stateHash(eventState(partition)), counts: partition.counts };
}

const step = fc.record({
  take: fc.integer({ min: 1, max: 4 }),
  through: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
  crash: fc.boolean(),
});
const event = fc.integer({ min: 0, max: 7 * WIDTH - 1 });
/** Roughly rising, so that few events are late. */
const disorder = fc
  .array(fc.array(event, { maxLength: 12 }), { minLength: 1, maxLength: 14 })
  .map((messages) =>
    messages.map((numbers, offset): NumberedMessage => [
      offset,
      numbers.map((n) => Math.floor((n + 10 * offset * 2) / 3)),
    ]),
  );

describe('a function of the log', () => {
  test('whatever is read together, whenever models come, wherever it was restored', () => {
    fc.assert(
      fc.property(disorder, fc.array(step, { minLength: 1, maxLength: 8 }), (log, steps) => {
        const whole = play(log, [{ take: log.length, through: null, crash: false }]);
        expect(play(log, steps)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test('read = used + late + duplicate, as a plain reading of the log counts them', () => {
    fc.assert(
      fc.property(disorder, (log) => {
        const seen = new Set<number>();
        const numbers: number[] = [];
        const counts = { read: 0, used: 0, late: 0, duplicate: 0 };
        for (const n of log.flatMap(([, events]) => events)) {
          counts.read++;
          const window = Math.floor(n / WIDTH);
          const [, second] = [...new Set(numbers)].sort((a, b) => b - a);
          if (second !== undefined && window < second) counts.late++;
          else if (seen.has(n)) counts.duplicate++;
          else {
            counts.used++;
            seen.add(n);
          }
          numbers.push(window);
        }
        expect(play(log, [{ take: 3, through: 2, crash: false }]).counts).toEqual(counts);
      }),
      { numRuns: 30 },
    );
  });
});

const messages = (...numbers: number[][]): NumberedMessage[] => numbers.map((events, offset) => [offset, events]);

test('an event that comes in two messages counts once, and once only after a restart between', () => {
  const partition = fresh();
  const [first, second] = messages(range(0, 10), range(5, 15));
  useModels(partition, told(models));
  takeEvents(partition, arrived(loaded, first!));
  const { state, from } = storePartition(partition);
  expect(from).toBe(null);
  const back = restorePartition(loaded, 0, held(), decodeState(encodeState(state)) as StoredPartition);
  useModels(back, told(models));
  takeEvents(back, arrived(loaded, second!));
  expect(back.counts).toEqual({ read: 20, used: 15, late: 0, duplicate: 5 });
});

test('a window is complete when lateness more windows were seen; later events of it are late', () => {
  const partition = fresh();
  useModels(partition, told(models));
  const numbers = (): number[] => completeWindows(partition).map(({ number }) => number);
  takeEvents(partition, arrived(loaded, ...messages([0, 1], [20])));
  expect(numbers()).toEqual([]);
  expect(progressOf(partition, false).done).toBe(0);
  takeEvents(partition, arrived(loaded, [2, [2, 40, 3]]));
  expect(numbers()).toEqual([0]);
  expect(partition.counts).toEqual({ read: 6, used: 5, late: 1, duplicate: 0 });
  forgetWindow(partition, 0);
  expect(progressOf(partition, false).done).toBe(1);
  expect(partition.windows.size).toBe(2);
});

test('without models rows are held, and those of complete windows are sent in rising order', () => {
  const partition = fresh();
  takeEvents(partition, arrived(loaded, ...messages([25, 0], [1, 45], [65])));
  expect(rowsHeld(partition.held, 0)).toBe(5);
  expect(completeWindows(partition)).toEqual([]);
  const shipped = rowsToShip(partition).map(({ number, chunks }) => [
    number,
    chunks.reduce((n, { length }) => n + length, 0),
  ]);
  expect(shipped).toEqual([
    [0, 2],
    [1, 1],
  ]);
  expect(progressOf(partition, false)).toEqual({ done: 0, shipped: 0 });
  partition.shipped = 1;
  expect(rowsToShip(partition)).toEqual([]);
  expect(progressOf(partition, false)).toEqual({ done: 0, shipped: 2 });
  expect(storePartition(partition).from).toBe(0);
});

test('nothing more to come: all windows are complete, and saying so again changes nothing', () => {
  const partition = fresh();
  passAll(partition, 0);
  expect(progressOf(partition, false)).toEqual({ done: -Infinity, shipped: -Infinity });
  expect(progressOf(partition, true)).toEqual({ done: Infinity, shipped: Infinity });
  useModels(partition, told(models));
  takeEvents(partition, arrived(loaded, [0, [0, 100]]));
  passAll(partition, 0);
  const { floor } = partition;
  tell(partition, new Map());
  for (let i = 0; i < 3; i++) passAll(partition, 0);
  expect(partition.floor).toEqual(floor);
  expect(progressOf(partition, false).done).toBe(6);
  takeEvents(partition, arrived(loaded, [1, [101, 120]]));
  expect(partition.counts).toEqual({ read: 4, used: 3, late: 1, duplicate: 0 });
});

test('of windows that were told nothing is kept', () => {
  const partition = fresh();
  useModels(partition, told(models));
  for (let offset = 0; offset < 60; offset++) {
    takeEvents(partition, arrived(loaded, [offset, [offset * WIDTH, offset * WIDTH + 1]]));
    tell(partition, new Map());
  }
  expect(partition.windows.size).toBe(2);
  expect(storePartition(partition).state.windows).toHaveLength(2);
});
