import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import {
  closeComplete,
  learned,
  lessons,
  modelsMessage,
  openKeeper,
  takeSummary,
  type KeeperState,
} from '../../../runtime/live/keeper.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { storedChunk, type Progress, type SummaryMessage } from '../../../runtime/live/messages.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { arrived, bookOf, modelsOf, range, summariesOf } from '../../support/live_events.js';
import { problemOf } from '../../support/problem_of.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 60;
const loaded = basePipeline(`window={ events: ${WIDTH} }`, 'correction=none');
const PARTITIONS = 3;
let models: LiveModels;
let messages: SummaryMessage[][];
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1200));
  messages = range(0, PARTITIONS).map((p) =>
    summariesOf(
      loaded,
      models,
      p,
      range(0, 6 * WIDTH).filter((event) => event % PARTITIONS === p),
      WIDTH,
    ),
  );
});

const open = (partitions = PARTITIONS): KeeperState => {
  const state = openKeeper(partitions);
  learned(loaded, state, models);
  return state;
};
/** A message as the log gives it: nobody else's. */
const fromLog = (message: SummaryMessage): SummaryMessage => decodeState(encodeState(message)) as SummaryMessage;

function play(
  log: readonly SummaryMessage[],
  stored: (i: number) => boolean = () => false,
): { reports: WindowReport[]; state: KeeperState } {
  let state = open();
  const reports: WindowReport[] = [];
  log.forEach((message, i) => {
    takeSummary(state, fromLog(message));
    reports.push(...closeComplete(loaded, state));
    if (stored(i)) state = decodeState(encodeState(state)) as KeeperState;
  });
  return { reports, state };
}

describe('reports are a function of what the partitions tell', () => {
  test('in whatever order their messages meet, with whatever is said again after a crash', () => {
    const whole = play(messages.flat());
    expect(whole.reports.map(({ window, events, partitions }) => [window, events, partitions])).toEqual(
      range(0, 6).map((window) => [window, WIDTH, [0, 1, 2]]),
    );
    // Each partition goes through its messages; a jump goes back, as a worker does that begins at its last checkpoint.
    const move = fc.record({
      partition: fc.nat(PARTITIONS - 1),
      back: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(6)),
      store: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const at = messages.map(() => 0);
        const log: SummaryMessage[] = [];
        for (const { partition, back } of moves) {
          at[partition] = Math.max(0, at[partition]! - back);
          log.push(...messages[partition]!.slice(at[partition], ++at[partition]));
        }
        for (const [p, all] of messages.entries()) log.push(...all.slice(at[p]));
        const found = play(log, (i) => moves[i]?.store ?? false);
        expect(found.reports).toEqual(whole.reports);
        expect(found.state.veryLate).toBe(0);
        expect(found.state.ends).toEqual(whole.state.ends);
        expect([found.state.gathering, found.state.closed]).toEqual([[], 6]);
      }),
      { numRuns: 15 },
    );
  });

  test('each window is the same as if one partition had had all its events', () => {
    const one = openKeeper(1);
    learned(loaded, one, models);
    const alone = summariesOf(loaded, models, 0, range(0, 6 * WIDTH), WIDTH).flatMap((message) => {
      takeSummary(one, fromLog(message));
      return closeComplete(loaded, one);
    });
    const bare = (reports: WindowReport[]) => reports.map((report) => ({ ...report, partitions: [], chain: '' }));
    expect(bare(play(messages.flat()).reports)).toEqual(bare(alone));
  });

  test('the chain of the last report names all of them', () => {
    const { reports } = play(messages.flat());
    expect(new Set(reports.map(({ chain }) => chain)).size).toBe(6);
  });
});

const progress = (partition: number, done: number, more: Partial<Progress> = {}): Progress => ({
  ...{ kind: 'progress', partition, epoch: 1, done, shipped: done, idle: false, ended: false },
  ...more,
});
const delta = (partition: number, window: number): SummaryMessage => ({
  ...{ kind: 'window', partition, window, epoch: 1, events: 5 },
  book: bookOf(loaded, models, range(window * WIDTH, window * WIDTH + 5)),
});
const closing = (state: KeeperState, ...said: SummaryMessage[]): number[] => {
  for (const message of said) takeSummary(state, fromLog(message));
  return closeComplete(loaded, state).map(({ window }) => window);
};

describe('which partitions are waited for', () => {
  test('all that have not said they are idle, from the first', () => {
    const state = open();
    expect(closing(state, delta(0, 1), progress(0, 5), delta(1, 2), progress(1, 5))).toEqual([]);
    expect(closing(state, progress(2, 2))).toEqual([1]);
    expect(closing(state, progress(2, 3))).toEqual([2]);
  });

  test('an idle partition is not; what it brings of closed windows is very late, and counted once', () => {
    const state = open(2);
    expect(closing(state, progress(1, -Infinity, { idle: true }), delta(0, 1), progress(0, 3))).toEqual([1]);
    expect(state.closed).toBe(3);
    expect(closing(state, progress(1, 2, { idle: false }), delta(1, 2), delta(1, 2))).toEqual([]);
    expect(state.veryLate).toBe(5);
    // It is waited for again, and windows that are closed stay closed.
    expect(closing(state, delta(0, 4), progress(0, 6))).toEqual([]);
    expect(state.closed).toBe(3);
    expect(closing(state, progress(1, 6))).toEqual([4]);
  });

  test('if all are idle no window is closed, since the first to wake may bring more', () => {
    const state = open(2);
    expect(closing(state, delta(0, 1), progress(0, 3, { idle: true }), progress(1, 3, { idle: true }))).toEqual([]);
    expect(closing(state, progress(1, 4))).toEqual([1]);
  });

  test('a partition that has ended holds up nobody; one that begins anew does, unless a zombie says so', () => {
    const over = { idle: true, ended: true, epoch: 2 };
    const state = open(2);
    expect(closing(state, progress(1, Infinity, over), progress(1, -Infinity, { epoch: 1 }))).toEqual([]);
    expect(closing(state, delta(0, 1), progress(0, 3))).toEqual([1]);
    expect(closing(state, progress(1, 4, { epoch: 3 }), delta(0, 6), progress(0, 8))).toEqual([]);
    expect(closing(state, progress(1, Infinity, { ...over, epoch: 3 }))).toEqual([6]);
  });

  test('a partition that the topic did not have is a Problem', async () => {
    const { message } = await problemOf(() => {
      takeSummary(open(2), progress(2, 1));
    });
    expect(message).toBe(
      'partition 2: is new, the group began with 2; give another --group for the topic as it is now',
    );
  });
});

describe('what the first models are learned from', () => {
  const rows = (partition: number, window: number, n = 2): SummaryMessage => {
    const first = window * WIDTH + 10 * partition;
    const { chunk } = arrived(loaded, [0, range(first, first + n)]);
    return { kind: 'rows', partition, window, epoch: 1, chunks: [storedChunk({ ...chunk, sample: partition })] };
  };
  const taken = (state: KeeperState, ...said: SummaryMessage[]) => {
    for (const message of said) takeSummary(state, fromLog(message));
    return lessons(loaded, state)?.map(({ sample, columns }) => [sample, columns.get('H_T')!.length]);
  };

  test('four windows, once every partition has sent all it has of them', () => {
    const state = openKeeper(2);
    expect(taken(state, ...range(0, 5).map((window) => rows(0, window)), progress(0, 5))).toBe(undefined);
    expect(taken(state, rows(1, 0), rows(1, 3), progress(1, 3))).toBe(undefined);
    expect(taken(state, progress(1, 4))).toHaveLength(6);
    expect(closeComplete(loaded, state)).toEqual([]);
  });

  test('rows said again count once, and those of a window that was sent whole are no news', () => {
    const state = openKeeper(1);
    const log = [
      rows(0, 0),
      rows(0, 0),
      progress(0, 1),
      rows(0, 0, 3),
      rows(0, 1),
      rows(0, 2),
      rows(0, 3),
      progress(0, 4),
    ];
    expect(taken(state, ...log)).toEqual(Array(4).fill([0, 2]));
  });

  test('windows above the lowest four are forgotten at once', () => {
    const state = openKeeper(2);
    expect(taken(state, ...range(3, 40).map((window) => rows(0, window)), progress(0, 40))).toBe(undefined);
    expect(Object.keys(state.learning)).toEqual(['3 0', '4 0', '5 0', '6 0']);
    expect(taken(state, rows(1, 1), progress(1, 40))).toHaveLength(4);
    expect(Object.keys(state.learning).sort()).toEqual(['1 1', '3 0', '4 0', '5 0']);
  });

  test('fewer windows at the end of the stream, none if there were no events', () => {
    const state = openKeeper(1);
    expect(taken(state, rows(0, 7), progress(0, 8))).toBe(undefined);
    expect(taken(state, progress(0, Infinity, { ended: true }))).toHaveLength(1);
    expect(taken(openKeeper(1), progress(0, Infinity, { ended: true }))).toBe(undefined);
  });

  test('nothing once there are models, and the rows are let go', () => {
    const state = openKeeper(1);
    taken(state, rows(0, 0));
    learned(loaded, state, models);
    expect(state.learning).toEqual({});
    expect(taken(state, rows(0, 1), progress(0, Infinity))).toBe(undefined);
    expect(state.learning).toEqual({});
  });
});

test('what is told of models: every window has them, or with refits those that can still get events', () => {
  const state = open(1);
  expect(modelsMessage(loaded, openKeeper(1))).toBe(null);
  expect(modelsMessage(loaded, state)).toMatchObject({ through: Infinity, closed: -Infinity });
  const refitted = { ...loaded, pipeline: basePipeline('online={}').pipeline };
  expect(modelsMessage(refitted, state)).toMatchObject({ through: -Infinity });
  closing(state, delta(0, 1), progress(0, 3));
  expect(modelsMessage(refitted, state)).toMatchObject({ through: 3, closed: 3 });
});
