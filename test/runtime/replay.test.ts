import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { analyse } from '../../runtime/analyse.js';
import { readSamples } from '../../runtime/read_samples.js';
import { replay } from '../../runtime/replay.js';
import type { ReplayOptions } from '../../runtime/replay_options.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { SkimChunk } from '../../runtime/skim.js';
import { filterChunk } from '../../runtime/skim.js';
import { sources } from '../../sources/index.js';
import type { Report } from '../../schemas/report.js';
import { countsOf, dirtyTable, shuffled } from '../support/dirty.js';
import { rows, writeTable } from '../support/files.js';
import { problemOf } from '../support/problem_of.js';
import { accountOf, crewOf, lasting, settings } from '../support/replay.js';
import { scratch } from '../support/scratch.js';
import { basePipeline } from '../support/stage.js';

const GENERATED = 'generator:20000?seed=3&high_pt=0.3';
const pipeline = new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname;
/** Fewer bins, since most of the time goes into them and not into the events. */
const LIGHT = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];
const folder = scratch();
let loaded: LoadedPipeline;
let reference: Report;

beforeAll(async () => {
  loaded = await loadPipeline(pipeline, LIGHT);
  reference = await replay(loaded, await prepareSamples(loaded, [GENERATED]), settings());
}, 120_000);

/** A replay by as many shards as asked for, on this thread. */
async function replayBy(
  shards: number,
  from: LoadedPipeline,
  paths: readonly string[],
  more: Partial<ReplayOptions> = {},
): Promise<Report> {
  const options = settings(more);
  const samples = await prepareSamples(from, paths);
  const crew = crewOf(shards, from, samples, options);
  return analyse(from, crew, await readSamples(samples, crew, options), options, 0);
}

describe('the same report, but for timing, for', () => {
  test.each([
    [1, 1e9],
    [2, 5000],
    [3, 1000],
    [5, 777],
    [2, 19_999],
  ])('%d shards and slices of %d events', async (shards, sliceEvents) => {
    expect(lasting(await replayBy(shards, loaded, [GENERATED], { sliceEvents }))).toEqual(lasting(reference));
  });

  test('a skim in memory, in a file, and part in each', async () => {
    for (const maxBytes of [0, 300_000]) {
      expect(lasting(await replayBy(2, loaded, [GENERATED], { maxBytes, folder }))).toEqual(lasting(reference));
    }
  });

  test('chunks of any size in any order on any shard', async () => {
    const options = settings();
    const samples = await prepareSamples(loaded, ['generator:3000?seed=9']);
    const crew = crewOf(1, loaded, samples, options);
    const read = await readSamples(samples, crew, options);
    const whole: SkimChunk[] = [];
    for (let chunk = await crew[0]!.chunk(0); chunk !== null; chunk = await crew[0]!.chunk(whole.length)) {
      whole.push(structuredClone(chunk));
    }
    const hashes = ({ stateHash, resultHash }: Report) => ({ stateHash, resultHash });
    const reference = hashes(await analyse(loaded, crew, read, options, 0));
    const cut = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 30 }),
      shards: fc.integer({ min: 1, max: 4 }),
      turn: fc.integer({ min: 1, max: 97 }),
    });
    await fc.assert(
      fc.asyncProperty(cut, async ({ sizes, shards, turn }) => {
        const others = crewOf(shards, loaded, samples, options);
        const pieces = whole.flatMap((chunk) => {
          const out: SkimChunk[] = [];
          for (let at = 0, k = 0; at < chunk.length; k++) {
            const size = sizes[k % sizes.length]!;
            const from = at;
            out.push(
              filterChunk(
                chunk,
                new Uint8Array(chunk.length).map((_, i) => +(i >= from && i < from + size)),
              ),
            );
            at += size;
          }
          return out;
        });
        for (const [i] of pieces.entries()) {
          const place = (i * turn) % pieces.length;
          // A turn that meets the same piece twice would lose others: then they go in order.
          const piece = gcd(turn, pieces.length) === 1 ? pieces[place]! : pieces[i]!;
          await others[(i * 31 + turn) % shards]!.add(piece);
        }
        expect(hashes(await analyse(loaded, others, read, options, 0))).toEqual(reference);
      }),
      { numRuns: 10 },
    );
  });

  test('samples in any order, by any number of shards; formats give the same state', async () => {
    const table = shuffled(countable(300, 0), 5);
    const cuts = [0, 40, 41, 140, 300];
    const states = new Set<string>();
    for (const ending of ['csv', 'arrow', 'parquet']) {
      const paths = await Promise.all(
        cuts.slice(1).map((to, i) => writeTable(join(folder, `part${i}.${ending}`), rows(table, cuts[i]!, to), 30)),
      );
      const first = await replayBy(1, basePipeline(), paths);
      const again = await replayBy(3, basePipeline(), paths.toReversed(), { sliceEvents: 50 });
      expect(lasting(again)).toEqual(lasting(first));
      expect(first.events).toEqual(countsOf(table));
      states.add(first.resultHash!);
    }
    expect(states.size).toBe(1);
  });
});

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** A table for base.yaml; the first event numbers come again at its end. */
function countable(n: number, repeated = 20): Record<string, number[]> {
  const column = (of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => Math.fround(of(i)));
  return {
    event: column((i) => i % (n - repeated)),
    gen_pt1: column((i) => 20 + (i % 60)),
    gen_pt2: column((i) => 25 + (i % 7)),
    gen_eta1: column((i) => (i % 50) / 20),
    gen_eta2: column((i) => -(i % 11) / 5),
    reco_pt1: column((i) => 21 + (i % 60) + (i % 3)),
    w: column((i) => (i % 9 === 0 ? -1 : 1.5)),
  };
}

describe('nothing is dropped in silence', () => {
  let run = 0;
  test('read = used + rejected + late + duplicate, and each count is that of a loop over the events', async () => {
    const split = fc.record({
      table: dirtyTable,
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2 }),
      ending: fc.constantFrom('csv', 'arrow', 'parquet'),
      shards: fc.integer({ min: 1, max: 3 }),
      seed: fc.integer(),
      backwards: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(split, async ({ table: given, cuts, ending, shards, seed, backwards }) => {
        const table = shuffled(given, seed);
        const n = table.event!.length;
        const at = [...new Set([0, ...cuts.map((cut) => Math.floor(cut * n)), n])].sort((a, b) => a - b);
        run++;
        const paths = await Promise.all(
          at.slice(1).map((to, i) => writeTable(join(folder, `dirty${run}_${i}.${ending}`), rows(table, at[i]!, to))),
        );
        const base = basePipeline('split={ train: 1, validation: 0, test: 0 }');
        const report = await replayBy(shards, base, backwards ? paths.toReversed() : paths, { sliceEvents: 17 });
        expect(report.events).toEqual(countsOf(table));
        const { read, accounted, ofSamples } = accountOf(report);
        expect([accounted, ofSamples]).toEqual([read, read]);
        expect(report.regimes!.map.reduce((sum, { n: used }) => sum + used, 0)).toBe(report.events.used);
        const onWhole = await replayBy(1, base, [await writeTable(join(folder, `dirty${run}.${ending}`), table)]);
        expect(onWhole.events).toEqual(report.events);
        if (report.events.duplicate === 0) expect(onWhole.resultHash).toBe(report.resultHash);
      }),
      { numRuns: 25 },
    );
  });

  test('of a repeated event the same one is used, whatever the order of the files', async () => {
    const one = countable(60);
    const other = { ...countable(60), reco_pt1: one.reco_pt1!.map((x) => x + 5) };
    const paths = [
      await writeTable(join(folder, 'one.arrow'), one),
      await writeTable(join(folder, 'other.arrow'), other),
    ];
    const [ahead, back] = [
      await replayBy(1, basePipeline(), paths),
      await replayBy(2, basePipeline(), paths.toReversed()),
    ];
    expect(ahead.events).toEqual({ read: 120, used: 40, rejected: {}, late: 0, duplicate: 80 });
    expect(back.resultHash).toBe(ahead.resultHash);
    const both = await replayBy(1, basePipeline('identity=[sample, event]'), paths);
    expect(both.events).toMatchObject({ used: 80, duplicate: 40 });
    const all = await replayBy(1, basePipeline('identity=position'), paths);
    expect(all.events).toMatchObject({ used: 120, duplicate: 0 });
  });

  test('progress tells of every event, once', async () => {
    let events = 0;
    await replayBy(2, loaded, [GENERATED], { onProgress: (more) => void (events += more.events), sliceEvents: 3000 });
    expect(events).toBe(20_000);
  });
});

describe('the report says of the whole sample what a loop over the events says', () => {
  const overrides = ['weight=none', 'fast_reconstruction.pt_scale=0'];
  let delta: number[];
  let context: number[];
  let report: Report;

  beforeAll(async () => {
    const plain = await loadPipeline(pipeline, overrides);
    const files = await loadPipeline(pipeline, [...overrides, 'regimes.count=1']);
    report = await replay(files, await prepareSamples(files, [GENERATED]), settings());
    // The numbers of each event, from the skim.
    const options = settings();
    const samples = await prepareSamples(plain, [GENERATED]);
    const [shard] = crewOf(1, plain, samples, options);
    await readSamples(samples, [shard!], options);
    delta = [];
    context = [];
    for (let at = 0, chunk = await shard!.chunk(0); chunk !== null; chunk = await shard!.chunk(++at)) {
      const [reco, truth] = [chunk.columns.get('m_reco')!, chunk.columns.get('m_truth')!];
      for (let i = 0; i < chunk.length; i++) delta.push((reco[i]! - truth[i]!) / truth[i]!);
      context.push(...chunk.columns.get('H_T')!);
    }
  });

  /** numpy.quantile, method 'linear' (Hyndman and Fan 1996, definition 7). */
  function quantile(x: readonly number[], p: number): number {
    const sorted = x.toSorted((a, b) => a - b);
    const h = p * (sorted.length - 1);
    const low = Math.floor(h);
    return sorted[low]! + (h - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  }
  const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;

  /** From the slopes of the quantiles in their 95 % intervals (R. S. Woodruff 1952). */
  function errorOfSigma68(x: readonly number[]): number {
    const unit = Math.sqrt((0.1587 * 0.8413) / x.length);
    const [low, high] = [0.1587, 0.8413].map(
      (p) => (quantile(x, p + 1.96 * unit) - quantile(x, p - 1.96 * unit)) / 3.92,
    );
    return Math.sqrt(low! * low! + high! * high! - 2 * low! * high! * (0.1587 / 0.8413)) / 2;
  }

  test('mean, median, widths and tail of the response', () => {
    const all = report.response!.find(({ regime, split }) => regime === 'all' && split === 'all')!;
    expect(all.n).toBe(20_000);
    expect(all.effectiveN).toBe(20_000);
    const s = Math.sqrt(mean(delta.map((x) => (x - mean(delta)) ** 2)) * (20_000 / 19_999));
    const median = quantile(delta, 0.5);
    const sigma68 = (quantile(delta, 0.8413) - quantile(delta, 0.1587)) / 2;
    const near = (value: number | null, wanted: number, within: number) => {
      expect(Math.abs(value! - wanted)).toBeLessThan(within);
    };
    near(all.bias.value, mean(delta), 1e-9);
    near(all.bias.error, s / Math.sqrt(20_000), 1e-8);
    near(all.meanAbsolute.value, mean(delta.map(Math.abs)), 1e-9);
    // Quantiles are read off bins of 1/2000 / 1024.
    near(all.median.value, median, 1e-6);
    near(all.sigma68.value, sigma68, 1e-6);
    // Bins are not looked into around the quantiles: the density there is known to 1 %.
    near(all.sigma68.error, errorOfSigma68(delta), 0.02 * errorOfSigma68(delta));
    near(all.iqr.value, (quantile(delta, 0.75) - quantile(delta, 0.25)) / 1.349, 1e-6);
    const tail = delta.filter((x) => Math.abs(x - median) > 3 * sigma68).length / 20_000;
    // The border is known to half a bin of 1/200.
    const near3 = delta.filter((x) => Math.abs(Math.abs(x - median) - 3 * sigma68) <= 1 / 400).length;
    near(all.tail.value, tail, (near3 + 1) / 20_000);
  });

  test('regimes share the events, the splits share the regimes', () => {
    const raw = reference.response!.filter(({ stage }) => stage === 'raw');
    for (const row of raw.filter(({ split }) => split === 'all')) {
      const parts = raw.filter(({ regime, split }) => regime === row.regime && split !== 'all');
      expect(parts.reduce((sum, { n }) => sum + n, 0)).toBe(row.n);
    }
    expect(reference.regimes!.map.reduce((sum, { n }) => sum + n, 0)).toBe(20_000);
    for (const variable of ['H_T', 'abs_deta']) {
      const bins = reference.byContext!.filter((row) => row.variable === variable);
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(20_000);
    }
  });

  test('quantiles and mean of the context, bias in its bins', () => {
    const row = report.context.find(({ variable }) => variable === 'H_T')!;
    expect(Math.abs(row.mean.value! - mean(context))).toBeLessThan(1e-6);
    for (const { p, value } of row.quantiles) {
      // Bins of 20 GeV, cut by 4096.
      expect(Math.abs(value! - quantile(context, p))).toBeLessThan(p > 0.98 ? 10 : 0.1);
    }
    for (const { low, high, n, bias } of report.byContext!.filter(({ variable }) => variable === 'H_T')) {
      const inside = delta.filter((_, i) => context[i]! >= (low ?? -Infinity) && context[i]! < (high ?? Infinity));
      expect(n).toBe(inside.length);
      if (n > 0) expect(Math.abs(bias.value! - mean(inside))).toBeLessThan(1e-9);
    }
  });
});

describe('a sample that cannot be used', () => {
  test.each([
    [
      ['define.sum_reco=reco_pt1 / 0'],
      'no usable event among 60 read (most often: sum_reco: not a finite number, 60 times)',
    ],
    [['split={ train: 0, validation: 1, test: 0 }'], 'none of its 40 usable events is in the training split'],
  ])('%j', async (overrides, words) => {
    const base = basePipeline(...overrides);
    const path = await writeTable(join(folder, 'useless.arrow'), countable(60));
    const problem = await problemOf(() => replayBy(1, base, [path]));
    expect(problem.message).toContain(words);
    expect(problem.exitCode).toBe(3);
  });

  test('the same bytes twice', async () => {
    const path = await writeTable(join(folder, 'same.arrow'), countable(60));
    copyFileSync(path, join(folder, 'copy.arrow'));
    const problem = await problemOf(() => replayBy(1, basePipeline(), [path, join(folder, 'copy.arrow')]));
    expect(problem.message).toMatch(/^samples .*same\.arrow and .*copy\.arrow: hold the same bytes; give each once$/);
  });

  test('a range of a format that has none', async () => {
    const path = await writeTable(join(folder, 'range.csv'), countable(60));
    const problem = await problemOf(() => prepareSamples(basePipeline(), [path], { from: 0, to: 9 }));
    expect(problem.message).toContain('a csv file can only be read from its start; leave out --range');
  });
});

test('the program knows every format that a pipeline may name', async () => {
  const { FORMATS } = await import('../../schemas/pipeline.js');
  expect(Object.keys(sources).sort()).toEqual([...FORMATS].sort());
});
