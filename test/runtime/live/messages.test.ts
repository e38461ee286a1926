import { expect, test } from 'vitest';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { skimChunk, storedChunk, type StoredChunk } from '../../../runtime/live/messages.js';
import { basePipeline } from '../../support/stage.js';
import { arrived, range } from '../../support/live_events.js';

test.each([[[]], [range(0, 5)]])('events %j come back to the bit', (events) => {
  const { chunk } = arrived(basePipeline(), [3, events]);
  const stored = decodeState(encodeState(storedChunk(chunk))) as StoredChunk;
  const back = skimChunk(stored);
  expect(back.length).toBe(events.length);
  expect([...back.columns.keys()].sort()).toEqual([...chunk.columns.keys()].sort());
  for (const [name, x] of chunk.columns) expect(back.columns.get(name)).toEqual(x);
  expect({ ...back, columns: null }).toEqual({ ...chunk, columns: null });
});
