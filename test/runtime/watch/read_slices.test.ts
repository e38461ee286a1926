import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Column } from '../../../operators/batch.js';
import { readSlices, START, type Place } from '../../../runtime/watch/read_slices.js';
import { sliceBatch } from '../../../runtime/watch/slice_batch.js';
import { prepareSamples } from '../../../runtime/samples.js';
import { scratch } from '../../support/scratch.js';
import { basePipeline } from '../../support/stage.js';

const folder = scratch();
const loaded = basePipeline();
const COLUMNS = Object.keys(loaded.pipeline.columns);

/** 20 rows, of which every fifth has a field too many: the reader turns it away. */
const csv = join(folder, 'some.csv');
const rows = Array.from({ length: 20 }, (_, i) => COLUMNS.map((_column, c) => i + c / 10).join(','));
writeFileSync(csv, [COLUMNS.join(','), ...rows.map((row, i) => (i % 5 === 4 ? `${row},1` : row)), ''].join('\n'));

async function slices(place: Place, from: number, size: number) {
  const [sample] = await prepareSamples(loaded, [csv]);
  const found = [];
  for await (const slice of readSlices(loaded, sample!, ['event'], { place, from, sliceEvents: () => size })) {
    const { batch, again, rejected, place: now } = slice;
    const positions = Array.from({ length: batch.length }, (_, i) => batch.positions?.[i] ?? batch.start + i);
    found.push({ positions, again, rejected: Object.values(rejected).reduce((a, b) => a + b, 0), place: now });
  }
  return found;
}

test('whatever the size of the slices, each event and each rejection comes once', async () => {
  const all = (await slices(START, 0, 100)).flatMap(({ positions }) => positions);
  expect(all).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18]);
  for (const size of [1, 3, 7]) {
    const found = await slices(START, 0, size);
    expect(found.flatMap(({ positions }) => positions)).toEqual(all);
    expect(found.map(({ rejected }) => rejected)).toEqual([4, ...Array<number>(found.length - 1).fill(0)]);
    expect(Math.max(...found.map(({ positions }) => positions.length))).toBe(size);
    expect(found.at(-1)!.place).toEqual({ next: 19, batches: 1 });
  }
});

test('goes on from any place, after what was held back, with nothing counted again', async () => {
  const found = await slices(START, 0, 3);
  for (const { place } of found) {
    const from = Math.max(0, place.next - 4);
    const rest = await slices(place, from, 2);
    const again = rest.filter((slice) => slice.again).flatMap(({ positions }) => positions);
    const fresh = rest.filter((slice) => !slice.again).flatMap(({ positions }) => positions);
    const all = found.flatMap(({ positions }) => positions);
    expect(again).toEqual(all.filter((p) => p >= from && p < place.next));
    expect(fresh).toEqual(all.filter((p) => p >= place.next));
    expect(rest.every(({ rejected }) => rejected === 0)).toBe(true);
  }
});

test('a slice of a batch with lists begins its lists at 0', () => {
  const batch = {
    start: 10,
    length: 3,
    positions: Float64Array.of(10, 12, 13),
    columns: new Map<string, Column>([
      ['x', { offsets: Int32Array.of(0, 2, 2, 5), values: Float64Array.of(1, 2, 3, 4, 5) }],
      ['y', Float32Array.of(7, 8, 9)],
    ]),
  };
  expect(sliceBatch(batch, 1, 3)).toEqual({
    start: 11,
    length: 2,
    positions: Float64Array.of(12, 13),
    columns: new Map<string, Column>([
      ['x', { offsets: Int32Array.of(0, 0, 3), values: Float64Array.of(3, 4, 5) }],
      ['y', Float32Array.of(8, 9)],
    ]),
  });
});
