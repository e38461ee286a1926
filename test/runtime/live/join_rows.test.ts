import { expect, test } from 'vitest';
import { joinRows } from '../../../runtime/live/join_rows.js';
import { chunkOf } from '../../support/chunk.js';

const names = { reco: ['event', 'm_reco'], truth: ['m_truth'] };

test('matches by key over all chunks, takes the first of a key, and counts the others', () => {
  const reco = [
    chunkOf(0, [4, 2, 4], [10, 11, 12], { event: [4, 2, 4], m_reco: [40, 20, 41] }),
    chunkOf(0, [9, 1], [13, 14], { event: [9, 1], m_reco: [90, 10] }),
  ];
  const truth = [chunkOf(1, [1, 1, 3, 4, 8], [50, 51, 52, 53, 54], { m_truth: [1, -1, 3, NaN, 8] })];
  const { rows, counts } = joinRows(7, names, reco, truth);
  expect(counts).toEqual({ matched: 2, recoOnly: 2, truthOnly: 2, recoDuplicate: 1, truthDuplicate: 1 });
  const { keyLo, keyHi } = chunkOf(0, [1, 4], [0, 0]);
  expect(rows).toEqual({
    length: 2,
    window: Float64Array.of(7, 7),
    keyLo,
    keyHi,
    position: Float64Array.of(14, 10),
    columns: new Map([
      ['event', Float64Array.of(1, 4)],
      ['m_reco', Float64Array.of(10, 40)],
      ['m_truth', Float64Array.of(1, NaN)],
    ]),
  });
});

test('a side without rows matches none', () => {
  const reco = [chunkOf(0, [4, 2], [0, 1], { event: [4, 2], m_reco: [1, 2] })];
  const none = { matched: 0, recoOnly: 0, truthOnly: 0, recoDuplicate: 0, truthDuplicate: 0 };
  expect(joinRows(1, names, reco, []).counts).toEqual({ ...none, recoOnly: 2 });
  expect(joinRows(1, names, [], [])).toEqual({
    rows: {
      length: 0,
      window: new Float64Array(),
      keyLo: new Uint32Array(),
      keyHi: new Uint32Array(),
      position: new Float64Array(),
      columns: new Map(['event', 'm_reco', 'm_truth'].map((name) => [name, new Float64Array()])),
    },
    counts: none,
  });
});
