import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../schemas/report.js';
import { complaint, root, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const BASE = 'test/fixtures/pipelines/base.yaml';
const DILEPTON = 'pipelines/dilepton.yaml';
/** Small samples must not fail for want of training events. */
const ALL_TRAIN = ['--set', 'split={ train: 1, validation: 0, test: 0 }'];
const MEGABYTE = 2 ** 20;

const HEADER = 'event,gen_pt1,gen_pt2,gen_eta1,gen_eta2,reco_pt1,w';
const written = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const cut = (fixture: string, bytes: number): string =>
  written(`cut_${basename(fixture)}`, readFileSync(join(root, fixture)).subarray(0, bytes));

async function eventsOf(pipelineFile: string, sample: string, ...more: string[]): Promise<Report['events']> {
  const { code, stdout, stderr } = await run('replay', pipelineFile, sample, ...ALL_TRAIN, ...more, '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as Report).events;
}

describe.concurrent('a sample that cannot be used is one line and exit code 3', () => {
  mkdirSync(join(folder, 'folder.csv'));
  const lhe = readFileSync(join(root, 'test/fixtures/lhe/madgraph5_mlm.lhe'));
  const cases: [string, string, string, string[]?][] = [
    ['missing', join(folder, 'nowhere.csv'), 'nowhere.csv: no such file'],
    ['a directory', join(folder, 'folder.csv'), 'folder.csv: is a directory'],
    ['empty', written('empty.csv', ''), 'empty.csv: file is empty'],
    ['zeros', written('zeros.parquet', Buffer.alloc(1000)), 'zeros.parquet: holds binary data, not a Parquet file'],
    [
      'Parquet named CSV',
      written('parquet.csv', readFileSync(join(root, 'test/fixtures/tables/table.parquet'))),
      'holds a Parquet file, not CSV: rename it',
    ],
    ['LHE named Parquet', written('lhe.parquet', lhe), 'holds an LHE file, not Parquet: rename it'],
    ['text named ROOT', written('text.root', 'hello\n'), 'text.root: holds '],
    [
      'CSV in gzip',
      written('packed.csv.gz', gzipSync(`${HEADER}\n1,2,3,0,1,2,1\n`)),
      'is packed with gzip: unpack it first',
    ],
    ['cut Parquet', cut('samples/dilepton.parquet', 50_000), 'Parquet file is cut off or damaged'],
    ['cut Arrow', cut('test/fixtures/tables/table.arrow', 2000), 'Arrow file is cut off or damaged'],
    ['cut Avro', cut('test/fixtures/tables/table.avro', 1000), 'Avro file is cut off or damaged'],
    ['cut ROOT', cut('test/fixtures/tables/uproot-zmumu.root', 20_000), 'ROOT file is cut off or damaged'],
    ['header alone', written('header.csv', `${HEADER}\n`), 'no usable event among 0 read'],
    [
      'all rejected',
      written('rejected.csv', `${HEADER}\n1,-2,3,0,1,2,1\n2,-2,3,0,1,2,1\n3,nan,3,0,1,2,1\n`),
      'no usable event among 3 read (most often: gen_pt1: outside [0, 1000] GeV, 2 times)',
    ],
    [
      'no such column',
      written('renamed.csv', `${HEADER.replace('gen_pt1', 'genpt1')}\n1,2,3,0,1,2,1\n`),
      "no column 'gen_pt1'; nearest 'genpt1'; it has: event, genpt1",
    ],
    [
      'no weight',
      written('weight.csv', 'event,gen_pt1,gen_pt2,gen_eta1,gen_eta2,reco_pt1\n1,2,3,0,1,2\n'),
      'for events of equal weight: --set weight=none',
    ],
    ['columns of text', written('words.csv', `${HEADER}\n1,two,3,0,1,2,1\n`), "'gen_pt1'"],
    [
      'a range of CSV',
      written('range.csv', `${HEADER}\n1,2,3,0,1,2,1\n`),
      'can only be read from its start',
      ['--range', '0:1'],
    ],
  ];
  test.each(cases)('%s', async (_, path, words, more = []) => {
    const { code, line } = await complaint('replay', BASE, path, ...ALL_TRAIN, ...more);
    expect(line).toContain(words);
    expect(code).toBe(3);
  });

  test('an LHE file without truth columns that the pipeline wants', async () => {
    const { code, line } = await complaint('replay', BASE, 'test/fixtures/lhe/madgraph5_mlm.lhe');
    expect(line).toContain("no column '");
    expect(code).toBe(3);
  });

  test('the same file twice', async () => {
    const { code, line } = await complaint('replay', DILEPTON, 'generator:500', 'generator:500');
    expect(line).toContain('hold the same bytes; give each once');
    expect(code).toBe(3);
  });

  test('a failure on a worker thread reads as on the main one', async () => {
    const path = written('worker.csv', `${HEADER}\n1,2,3,0,1,2,1\n${'1'.repeat(17 * MEGABYTE)}\n`);
    const [one, two] = [await complaint('replay', BASE, path), await complaint('replay', BASE, path, '--workers', '2')];
    expect(one.code).toBe(3);
    expect(two).toEqual(one);
  });
});

describe.concurrent('a line of 40 MB is refused with its place, in little memory', () => {
  const right = {
    csv: `${HEADER}\n1,2,3,0,1,2,1\n`,
    jsonl: `{"event":1,"gen_pt1":2,"gen_pt2":3,"gen_eta1":0,"gen_eta2":1,"reco_pt1":2,"w":1}\n`,
  };
  const lhe = readFileSync(join(root, 'test/fixtures/lhe/madgraph5_mlm.lhe'), 'latin1');
  const event = lhe.indexOf('<event>') + '<event>\n'.length;
  const cases: [string, string, string, string, string][] = [
    [BASE, 'row.csv', right.csv, '\n2,2,3,0,1,2,1\n', 'row.csv:3: line is longer than 16 MiB'],
    [BASE, 'header.csv', '', '\n', 'header.csv:1: line is longer than 16 MiB'],
    [BASE, 'object.jsonl', `${right.jsonl}{"event":`, '}\n', 'object.jsonl:2: line is longer than 16 MiB'],
    [DILEPTON, 'event.lhe', lhe.slice(0, event), `\n${lhe.slice(event)}`, 'is longer than 16777216 bytes'],
  ];
  test.each(cases)('%s %s', async (pipelineFile, name, before, after, words) => {
    const path = join(folder, `long_${name}`);
    const digits = Buffer.alloc(MEGABYTE, '1');
    const parts = [Buffer.from(before), ...Array<Buffer>(40).fill(digits), Buffer.from(after)];
    await pipeline(Readable.from(parts), createWriteStream(path));
    const { code, stderr, memory } = await run('replay', pipelineFile, path);
    expect(stderr).toContain(words);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(code).toBe(3);
    // Node and the libraries take about 130 MB; a reader that kept the line as text would need several times 40 MB.
    expect(memory).toBeGreaterThan(30 * MEGABYTE);
    expect(memory).toBeLessThan(300 * MEGABYTE);
  });
});

test('single events that are wrong are counted by reason', async () => {
  const lines = [
    '1,20,30,0,1,21,1',
    '2,nan,30,0,1,21,1',
    '3,inf,30,0,1,21,1',
    '4,-20,30,0,1,21,1',
    '5,20,30,9,1,21,1',
    '6,20,30,0,1',
    '7,20,30,0,1,21,1,8',
    '8,0,0,0,1,21,1',
    '9,20,30,0,1,1e30,1',
    '10,20,30,0,1,21,1e15',
    '1,20,30,0,1,21,1',
    '11,25,35,1,1,28,-1',
  ];
  const path = written('mixed.csv', `${HEADER}\n${lines.join('\n')}\n`);
  expect(await eventsOf(BASE, path)).toEqual({
    read: 12,
    used: 2,
    rejected: {
      'delta: beyond ±1000': 1,
      'delta: not a finite number': 1,
      'gen_eta1: outside [-5, 5]': 1,
      'gen_pt1: not a finite number': 2,
      'gen_pt1: outside [0, 1000] GeV': 1,
      'malformed row': 2,
      'weight: beyond ±1099511627776': 1,
    },
    late: 0,
    duplicate: 1,
  });
});

describe.concurrent('LHE files of the generators', () => {
  const expected: Record<string, [used: number, rejected: Report['events']['rejected']]> = {
    'comments.lhe': [3, {}],
    'compact_weights.lhe': [2, {}],
    'cut.lhe': [12, { 'file ends inside the event': 1 }],
    'cut_gzip.lhe.gz': [12, { 'gzip stream ends early': 1 }],
    'madgraph5_inelastic_dark.lhe': [5, {}],
    'madgraph5_mlm.lhe': [20, {}],
    'madgraph5_mlm.lhe.gz': [20, {}],
    'pairs.lhe': [4, { 'lepton along the beam': 1, 'no opposite-sign same-flavour lepton pair': 4 }],
    'powheg_v2.lhe': [12, {}],
    'reweights.lhe': [2, {}],
  };

  test.each(Object.entries(expected))('%s replays', async (name, [used, rejected]) => {
    const events = await eventsOf(DILEPTON, join('test/fixtures/lhe', name));
    const turnedAway = Object.values(rejected).reduce((sum, n) => sum + n, 0);
    expect(events).toEqual({ read: used + turnedAway, used, rejected, late: 0, duplicate: 0 });
  });

  test('one with nothing but malformed events does not', async () => {
    const { code, line } = await complaint('replay', DILEPTON, 'test/fixtures/lhe/malformed.lhe', ...ALL_TRAIN);
    expect(line).toContain('no usable event among 26 read (most often: malformed event, 23 times)');
    expect(code).toBe(3);
  });

  test('every fixture was tried', () => {
    const files = readdirSync(join(root, 'test/fixtures/lhe')).filter((name) => /\.lhe(\.gz)?$/.test(name));
    expect([...Object.keys(expected), 'malformed.lhe'].sort()).toEqual(files.sort());
  });
});

test('the CMS open-data Z → μμ sample replays without truth', async () => {
  const { code, stdout, stderr } = await run(
    ...['replay', 'pipelines/dilepton-data.yaml', 'test/fixtures/tables/uproot-zmumu.root', '--format', 'json'],
  );
  expect([code, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as Report;
  expect(report.events).toEqual({ read: 2304, used: 2304, rejected: {}, late: 0, duplicate: 0 });
  expect(report.response).toBeUndefined();
  expect(report.regimes!.map.reduce((sum, { n }) => sum + n, 0)).toBe(2304);
  const peak = report.peak!.find(({ regime, series }) => regime === 'all' && series === 'reco')!;
  // m_Z = 91.19 GeV (PDG); the sample's resolution and the mode's error are about 1 GeV.
  expect(Math.abs(peak.position.value! - 91.19)).toBeLessThan(2);
});
