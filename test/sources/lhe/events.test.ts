import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../../../operators/batch.js';
import { FIXED_LISTS, FIXED_SCALARS } from '../../../sources/lhe/columns.js';
import { readBatches } from '../../../sources/lhe/events.js';
import { collect, fixture, inPieces, type Sample } from './collect.js';

const FILES = ['madgraph5_mlm', 'powheg_v2', 'comments', 'pairs', 'malformed', 'cut', 'reweights', 'compact_weights'];
const EXTRAS = ['attr_npLO', 'rwgt_1001', 'rwgt_1003', 'weights_1'];
const COLUMNS = [...FIXED_SCALARS, ...FIXED_LISTS, ...EXTRAS];

async function batches(bytes: Uint8Array, sizes: readonly number[], batchEvents: number): Promise<Batch[]> {
  const all: Batch[] = [];
  const pieces = { pieces: inPieces(bytes, sizes), endsEarly: false };
  for await (const batch of readBatches('sample.lhe', pieces, COLUMNS, batchEvents)) all.push(batch);
  return all;
}

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const one of all) yield await Promise.resolve(one);
}

for (const name of FILES) {
  const bytes = readFileSync(fixture(`${name}.lhe`));

  test(`${name}: any cutting into pieces gives the same batches`, async () => {
    const whole = await batches(bytes, [bytes.length], 3);
    expect(await batches(bytes, [1], 3)).toEqual(whole);
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sizes, async (cuts) => {
        expect(await batches(bytes, cuts, 3)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test(`${name}: the size of a batch does not matter`, async () => {
    const whole = await collect(each(await batches(bytes, [4096], 1000)));
    for (const size of [1, 2, 7]) {
      const parts = await batches(bytes, [4096], size);
      for (const part of parts.slice(0, -1)) expect(part.length).toBe(size);
      expect(await collect(each(parts))).toEqual(whole);
    }
  });

  test(`${name}: CRLF and CR line ends and tabs give the same numbers`, async () => {
    const text = bytes.toString('latin1');
    const read = async (changed: string): Promise<Sample> =>
      collect(each(await batches(Buffer.from(changed, 'latin1'), [512], 100)));
    const whole = await read(text);
    expect(await read(text.replaceAll('\n', '\r\n'))).toEqual(whole);
    expect(await read(text.replaceAll('\n', '\r'))).toEqual(whole);
    expect(await read(text.replaceAll('\n', '\n\n'))).toEqual(whole);
    expect(await read(text.replaceAll(/ +/g, '\t'))).toEqual(whole);
  });
}

test('two files, one after the other, are read as one', async () => {
  const bytes = readFileSync(fixture('powheg_v2.lhe'));
  const one = await collect(each(await batches(bytes, [1000], 100)));
  const two = await collect(each(await batches(Buffer.concat([bytes, bytes]), [1000], 100)));
  expect(two.columns['px']).toEqual(one.columns['px']);
  expect(two.columns['gen_l1_pt']).toEqual([...one.columns['gen_l1_pt']!, ...one.columns['gen_l1_pt']!]);
});

test('events without a pair are rejected only when the pair was asked for', async () => {
  const bytes = readFileSync(fixture('pairs.lhe'));
  const pieces = { pieces: inPieces(bytes, [100]), endsEarly: false };
  const sample = await collect(readBatches('pairs.lhe', pieces, ['weight', 'pdg'], 4));
  expect(sample.positions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(sample.rejected).toEqual({});
  expect(sample.lists['pdg']![7]).toEqual([]);
});
