import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { heldRows } from '../../../runtime/live/held_rows.js';
import { mergeEnds } from '../../../runtime/live/merge_ends.js';
import { eventState, openPartition, takeEvents } from '../../../runtime/live/partition.js';
import { stateHash, type EventState } from '../../../runtime/state_hash.js';
import { arrived, range } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

function endOf(overrides: string[], events: readonly number[], partition = 0): EventState {
  const loaded = basePipeline('window={ events: 1000 }', ...overrides);
  const all = openPartition(loaded, partition, heldRows(2 ** 20, tmpdir()));
  const more = arrived(loaded, [0, events]);
  takeEvents(all, {
    ...more,
    read: more.read + partition,
    rejected: partition > 0 ? { [`reason ${partition}`]: partition } : {},
  });
  return decodeState(encodeState(eventState(all))) as EventState;
}

describe.each([[[]], [['weight=none']], [['response=none', 'correction=none']]])('with %j', (overrides) => {
  test('any share of the events over partitions, merged in any order, is the state of all', () => {
    const whole = stateHash(mergeEnds([endOf(overrides, range(0, 60))]));
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }), (of) => {
        const parts = range(0, 4).map((p) =>
          endOf(
            overrides,
            range(0, 60).filter((event) => of[event] === p),
          ),
        );
        expect(stateHash(mergeEnds(parts))).toBe(whole);
      }),
      { numRuns: 10 },
    );
  });
});

test('counts and reasons add up, the reasons in their order', () => {
  const { events } = mergeEnds([endOf([], range(0, 5), 2), endOf([], range(5, 9), 1), endOf([], [])]);
  expect(events).toEqual({ read: 12, used: 9, rejected: { 'reason 1': 1, 'reason 2': 2 }, late: 0, duplicate: 0 });
  expect(Object.keys(events.rejected)).toEqual(['reason 1', 'reason 2']);
});
