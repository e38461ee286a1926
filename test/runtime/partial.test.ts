import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCrew } from '../../runtime/crew.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { readPartial, readPartialHead, writePartial } from '../../runtime/partial.js';
import { replayPartial } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { SkimChunk } from '../../runtime/skim.js';
import { chunkOf } from '../support/chunk.js';
import { problemOf } from '../support/problem_of.js';
import { settings } from '../support/replay.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const good = join(folder, 'good.partial');
let loaded: LoadedPipeline;

beforeAll(async () => {
  loaded = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname);
  const samples = await prepareSamples(loaded, ['generator:1000?seed=2'], { from: 100, to: 900 });
  await replayPartial(loaded, samples, good, settings());
});

const chunksOf = async (file: string): Promise<SkimChunk[]> => {
  const chunks: SkimChunk[] = [];
  for await (const chunk of readPartial(file)) chunks.push(chunk);
  return chunks;
};

test('the head says what the partial is a part of', async () => {
  const head = await readPartialHead(good);
  expect(head).toMatchObject({
    format: 1,
    pipelineHash: loaded.hash,
    pipeline: loaded.pipeline,
    read: 800,
    used: 800,
    rejected: {},
    identities: [{ first: 100, last: 899, rising: true }],
  });
  expect(head.samples).toMatchObject([
    { path: 'generator:1000?seed=2', format: 'generator', from: 100, to: 900, events: 800 },
  ]);
});

test('is an Arrow file with a row an event that any tool reads', () => {
  const table = tableFromIPC(readFileSync(good));
  const names = [
    '(sample)',
    '(key_lo)',
    '(key_hi)',
    '(split)',
    '(position)',
    'H_T',
    'abs_deta',
    'm_reco',
    'm_truth',
    '(weight)',
    // What the local model needs, and the number of the window.
    '(object gen_l1_pt)',
    '(object abs(gen_l1_eta))',
    '(object flavour)',
    '(object gen_l2_pt)',
    '(object abs(gen_l2_eta))',
    '(window)',
  ];
  expect(table.schema.fields.map(({ name }) => name)).toEqual(names);
  expect(table.numRows).toBe(800);
  expect(table.getChild('(position)')?.get(0)).toBe(100);
});

test('gives back the chunks of several shards bit by bit, whatever their columns are called', async () => {
  const { regimewatch, pipeline, pipelineHash, notes } = await readPartialHead(good);
  const kept = ['split', 'position', 'sample', 'x'];
  const numbers = [NaN, -0, 5e-324, -Infinity];
  const columns = { split: numbers, position: [1, 2, 3, 4], sample: [0.1, 0.2, 0.3, 0.4], x: [9, 8, 7, 6] };
  const chunks = [
    chunkOf(1, [1, 2, 3, 2 ** 53], [5, 6, 7, 2 ** 52], columns),
    chunkOf(0, [-1, 0, 1, 2], [0, 1, 2, 3], columns),
  ];
  const crew = chunks.flatMap(() => createCrew(1, { pipeline, samples: [], maxBytes: 1e6, folder }));
  await Promise.all(chunks.map((chunk, i) => crew[i]!.add(chunk)));
  const file = join(folder, 'names.partial');
  const rest = { samples: [], read: 8, used: 8, rejected: {}, identities: [], notes };
  await writePartial(file, { format: 1, regimewatch, pipeline, pipelineHash, ...rest }, crew, kept);
  expect(await chunksOf(file)).toEqual(chunks);
});

test('a part in which no event was used is a partial, too', async () => {
  const overrides = ['columns.gen_l1_pt.range=[0, 1e-9]'];
  const none = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname, overrides);
  const file = join(folder, 'none.partial');
  const read = await replayPartial(none, await prepareSamples(none, ['generator:50']), file, settings());
  expect(read).toMatchObject({ read: 50, used: 0, rejected: { 'gen_l1_pt: outside [0, 1e-9] GeV': 50 } });
  expect(await readPartialHead(file)).toMatchObject({ read: 50, used: 0 });
  expect(await chunksOf(file)).toEqual([]);
});

describe('what is no whole partial is refused', () => {
  const damaged = (change: (bytes: Buffer) => Buffer): Buffer => change(readFileSync(good));
  const inHead = (from: string, to: string) => (bytes: Buffer) => {
    expect(bytes.includes(from)).toBe(true);
    return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
  };
  const cases: [string, (bytes: Buffer) => Buffer, string][] = [
    ['empty', () => Buffer.alloc(0), 'is no partial of regimewatch'],
    ['text', () => Buffer.from('partial\n'), 'is no partial of regimewatch'],
    ['cut in its mark', (bytes) => bytes.subarray(0, 4), 'is no partial of regimewatch'],
    ['cut in its head', (bytes) => bytes.subarray(0, 500), 'is cut off'],
    ['cut in its events', (bytes) => bytes.subarray(0, bytes.length >> 1), 'is cut off'],
    ['cut by a byte', (bytes) => bytes.subarray(0, -1), 'is cut off'],
    [
      'other format version',
      inHead('"format":1,"regimewatch"', '"format":7,"regimewatch"'),
      'has format 7, this version reads 1',
    ],
    ['other number of events', inHead('"used":800', '"used":801'), 'holds 800 of its 801 events'],
    ['damaged head', inHead('"rejected"', '"rejectem"'), 'has a damaged head'],
    ['damaged pipeline', inHead('"seed":7', '"seed":8'), 'has a damaged head'],
    [
      'other Arrow file',
      () => readFileSync(new URL('../fixtures/tables/table.arrow', import.meta.url)),
      'is no partial of regimewatch',
    ],
    [
      'Parquet file',
      () => readFileSync(new URL('../fixtures/tables/table.parquet', import.meta.url)),
      'is no partial of regimewatch',
    ],
  ];
  test.each(cases)('%s', async (name, change, words) => {
    const file = join(folder, `${name}.partial`);
    writeFileSync(file, damaged(change));
    const problem = await problemOf(async () => {
      await readPartialHead(file);
      await chunksOf(file);
    });
    expect(problem.message).toContain(`partial ${file}: ${words}; `);
    expect(problem.exitCode).toBe(3);
  });

  test('missing, and a directory', async () => {
    expect((await problemOf(() => readPartialHead(join(folder, 'nowhere')))).message).toContain(
      'nowhere: no such file;',
    );
    expect((await problemOf(() => readPartialHead(folder))).message).toContain(': is a directory;');
  });
});

test('a file that cannot be written is named and leaves nothing', async () => {
  const samples = await prepareSamples(loaded, ['generator:50']);
  const target = join(folder, 'taken');
  mkdirSync(target);
  for (const file of [join(folder, 'missing', 'x.partial'), target]) {
    const problem = await problemOf(() => replayPartial(loaded, samples, file, settings()));
    expect(problem.message).toContain(`partial ${file}: cannot be written: `);
    expect(problem.exitCode).toBe(1);
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.writing'))).toEqual([]);
});
