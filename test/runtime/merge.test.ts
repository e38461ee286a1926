import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { merge } from '../../runtime/merge.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { replay, replayPartial } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';
import { countsOf, shuffled } from '../support/dirty.js';
import { rows, writeTable } from '../support/files.js';
import { problemOf } from '../support/problem_of.js';
import { lasting, settings } from '../support/replay.js';
import { scratch } from '../support/scratch.js';
import { basePipeline } from '../support/stage.js';

const GENERATED = 'generator:6000?seed=3&high_pt=0.3';
const LIGHT = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];
const folder = scratch();
let loaded: LoadedPipeline;
let whole: Report;

/** Names of partials of these ranges of a sample. */
async function partials(
  from: LoadedPipeline,
  path: string,
  ranges: readonly (readonly [number, number] | null)[],
  name: string,
): Promise<string[]> {
  const files: string[] = [];
  for (const [i, range] of ranges.entries()) {
    const file = join(folder, `${name}${i}.partial`);
    const samples = await prepareSamples(from, [path], range ? { from: range[0], to: range[1] } : undefined);
    await replayPartial(from, samples, file, settings());
    files.push(file);
  }
  return files;
}

beforeAll(async () => {
  loaded = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname, LIGHT);
  whole = await replay(loaded, await prepareSamples(loaded, [GENERATED]), settings());
  // What is compared includes what the local model found.
  expect(whole.locality).toMatchObject({ model: 'learned', n: 6000, alternatives: [{ model: 'declared' }] });
  expect(whole.correction).toBeDefined();
}, 120_000);

describe('a merge of partials is the replay of their events', () => {
  test.each([
    ['one', [null]],
    ['two', [[0, 1000] as const, [1000, 1e9] as const]],
    [
      'five',
      [[0, 1] as const, [1, 2000] as const, [2000, 2001] as const, [2001, 5999] as const, [5999, 6000] as const],
    ],
  ])('%s', async (name, ranges) => {
    const files = await partials(loaded, GENERATED, ranges, name);
    expect(lasting(await merge(files, settings()))).toEqual(lasting(whole));
    expect(lasting(await merge(files.toReversed(), settings({ maxBytes: 0, folder })))).toEqual(lasting(whole));
  });

  test('of samples with rejected and repeated events, each in a partial of its own', async () => {
    const n = 200;
    const column = (of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => Math.fround(of(i)));
    const table = shuffled(
      {
        event: column((i) => i % 150),
        gen_pt1: column((i) => (i % 37 === 0 ? NaN : 20 + (i % 60))),
        gen_pt2: column((i) => 25 + (i % 7)),
        gen_eta1: column((i) => (i % 50) / 8),
        gen_eta2: column((i) => -(i % 11) / 5),
        reco_pt1: column((i) => 21 + (i % 60) + (i % 3)),
        w: column((i) => (i % 9 === 0 ? -1 : 1.5)),
      },
      7,
    );
    const paths = await Promise.all(
      [0, 1, 2].map((i) => writeTable(join(folder, `m${i}.csv`), rows(table, i * 70, Math.min(n, i * 70 + 70)))),
    );
    const base = basePipeline();
    const files = await Promise.all(paths.map(async (path, i) => (await partials(base, path, [null], `m${i}_`))[0]!));
    const together = await replay(base, await prepareSamples(base, paths), settings());
    expect(together.events).toEqual(countsOf(table));
    expect(together.events.duplicate).toBeGreaterThan(20);
    for (const order of [files, files.toReversed()]) {
      expect(lasting(await merge(order, settings()))).toEqual(lasting(together));
    }
  });

  test('probes are not run, which a note says', async () => {
    const card = new URL('../../models/mass_net.card.yaml', import.meta.url).pathname;
    const path = new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname;
    const probed = await loadPipeline(path, [...LIGHT, `probes.net={ card: ${card} }`]);
    const files = await partials(
      probed,
      'generator:1000?seed=3',
      [
        [0, 400],
        [400, 1000],
      ],
      'probed',
    );
    const report = await merge(files, settings());
    expect(report.probes).toBeUndefined();
    expect(report.notes).toContain(
      'probes: not run: partials do not carry the inputs of models; replay the samples themselves',
    );
    expect(whole.notes.join()).not.toContain('probes');
  });

  test('of a single range, which is less than the sample', async () => {
    const files = await partials(loaded, GENERATED, [[500, 1500]], 'less');
    const report = await merge(files, settings());
    expect(report.events).toEqual({ read: 1000, used: 1000, rejected: {}, late: 0, duplicate: 0 });
    const ranged = await prepareSamples(loaded, [GENERATED], { from: 500, to: 1500 });
    expect(lasting(await replay(loaded, ranged, settings()))).toEqual(lasting(report));
  });
});

describe('partials that do not go together are refused', () => {
  test('events given twice', async () => {
    const [a, b] = await partials(
      loaded,
      GENERATED,
      [
        [0, 1000],
        [999, 2000],
      ],
      'over',
    );
    for (const files of [
      [a!, b!],
      [b!, a!],
      [a!, a!],
    ]) {
      const problem = await problemOf(() => merge(files, settings()));
      expect(problem.message).toContain(`both hold events of ${GENERATED}; give each event once`);
      expect(problem.exitCode).toBe(3);
    }
  });

  test('made with different pipelines', async () => {
    const other = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname, [
      ...LIGHT,
      'regimes.seed=2',
    ]);
    const [a] = await partials(loaded, GENERATED, [[0, 100]], 'mine');
    const [b] = await partials(other, GENERATED, [[100, 200]], 'other');
    const problem = await problemOf(() => merge([a!, b!], settings()));
    expect(problem.message).toBe(`partials ${a!} and ${b!}: were made with different pipelines; replay them with one`);
    expect(problem.exitCode).toBe(3);
  });

  test('none at all', async () => {
    expect((await problemOf(() => merge([], settings()))).message).toBe('merge: no partial file given');
  });
});
