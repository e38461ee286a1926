import { expect, test } from 'vitest';
import { amongRows } from '../../../runtime/live/among_rows.js';
import { filterChunk, type SkimChunk } from '../../../runtime/skim.js';
import { arrived } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline();
const rows = (...events: number[]): SkimChunk => arrived(loaded, [0, events]).chunk;
const places = ({ position }: SkimChunk): number[] => [...position];

test('keeps the events that are among others, each as often as there', () => {
  const all = rows(1, 2, 2, 3, 5);
  expect(places(amongRows(all, all))).toEqual(places(all));
  expect(places(amongRows(all, rows()))).toEqual([]);
  const kept = filterChunk(all, Uint8Array.of(0, 1, 0, 1, 1));
  expect(places(amongRows(all, kept))).toEqual(places(kept));
  expect(places(amongRows(rows(7), kept))).toEqual([]);
});
