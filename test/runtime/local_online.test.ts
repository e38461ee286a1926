import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normal } from '../../operators/random/normal.js';
import { philox } from '../../operators/random/philox.js';
import { uniform } from '../../operators/random/uniform.js';
import { analyse } from '../../runtime/analyse.js';
import { readSamples } from '../../runtime/read_samples.js';
import type { ReplayOptions } from '../../runtime/replay_options.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report, TimelineReport } from '../../schemas/report.js';
import { rows, writeTable, type Table } from '../support/files.js';
import { run } from '../support/program.js';
import { crewOf, lasting, settings } from '../support/replay.js';
import { scratch } from '../support/scratch.js';
import { basePipeline } from '../support/stage.js';

const folder = scratch();
const EVENTS = 12_000;
/** From this event on δ is shifted everywhere. */
const SHIFTED = 6000;
const PER_WINDOW = 500;

/** A table for base.yaml with δ = bias(pT) + σ(pT) z of the first object, by windows of PER_WINDOW events. */
function table(shift: number, width = 0.02): Table {
  const words = new Uint32Array(4);
  const draw = (i: number, lane: number): number => {
    philox(i, lane, 0, 0, 13, 0, words);
    return uniform(words[0]!, words[1]!);
  };
  const column = (of: (i: number) => number): number[] => Array.from({ length: EVENTS }, (_, i) => of(i));
  const [pt1, pt2] = [column((i) => 20 + 100 * draw(i, 0) ** 2), column((i) => 20 + 60 * draw(i, 1))];
  const delta = column(
    (i) => width * (1 + pt1[i]! / 100) * normal(draw(i, 2)) - 0.005 + pt1[i]! / 2e4 + (i >= SHIFTED ? shift : 0),
  );
  return {
    event: column((i) => i),
    gen_pt1: pt1,
    gen_pt2: pt2,
    gen_eta1: column((i) => 4 * draw(i, 3) - 2),
    gen_eta2: column((i) => 4 * draw(i, 4) - 2),
    reco_pt1: column((i) => pt1[i]! + delta[i]! * (pt1[i]! + pt2[i]!)),
    w: column(() => 1),
  };
}

const LIGHT = [`window={ events: ${PER_WINDOW} }`, 'weight=none', 'local_model.knots={ pt: 4, abs_eta: 1 }'];
const ONLINE = 'online={ learn: 4, every: 2, memory: { sliding: 2 } }';
const drifting = await writeTable(join(folder, 'drift.arrow'), table(0.02));
const steady = await writeTable(join(folder, 'steady.arrow'), table(0));

async function replayBy(
  shards: number,
  paths: readonly string[],
  overrides: readonly string[],
  more: Partial<ReplayOptions> = {},
): Promise<Report> {
  const options = settings(more);
  const from = basePipeline(...LIGHT, ...overrides);
  const samples = await prepareSamples(from, paths);
  const crew = crewOf(shards, from, samples, options);
  return analyse(from, crew, await readSamples(samples, crew, options), options, 0);
}

type Local = NonNullable<NonNullable<TimelineReport['online']>['local']>;
const localOf = (report: Report): Local => report.timeline!.online!.local!;
const kinds = (local: Local): string[] => local.map(({ kind }) => kind);
const aboutOnline = ({ notes }: Report): string[] => notes.filter((note) => note.startsWith('online'));
/** Mean over the regimes of the pull in each window. */
const pulls = ({ timeline }: Report): number[] =>
  timeline!.windows.map(({ regimes, n }) =>
    regimes.reduce((sum, { pullMean, n: own }) => sum + (pullMean!.value! * own) / n, 0),
  );

describe('a shift of δ from window 12 on', () => {
  test('versions by window, and pulls against the version in effect', async () => {
    const report = await replayBy(1, [drifting], [ONLINE]);
    const local = localOf(report);
    expect(aboutOnline(report)).toEqual([]);
    // Blocks: windows 0 to 3, then two at a time.
    expect(local.map(({ window }) => window)).toEqual([3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
    expect(local.every(({ window, effective }) => effective === window + 1)).toBe(true);
    expect(kinds(local).slice(0, 7)).toEqual(['fitted', 'kept', 'kept', 'kept', 'kept', 'fitted', 'accepted']);
    expect(local[6]!.version).toBe(local[5]!.version);
    expect(local[5]!.version).not.toBe(local[4]!.version);
    expect(new Set(local.slice(0, 5).map(({ version }) => version)).size).toBe(1);
    // δ has moved by 0.02 of a σ of 0.024 to 0.044, seen until the model follows after window 13.
    const pull = pulls(report);
    const mean = (from: number, to: number): number =>
      pull.slice(from, to).reduce((sum, x) => sum + x, 0) / (to - from);
    expect(Math.abs(mean(0, 12))).toBeLessThan(0.1);
    expect(mean(12, 14)).toBeGreaterThan(0.5);
    expect(Math.abs(mean(14, 24))).toBeLessThan(0.15);
  });

  test('without online there are no versions, and the pulls are against one model of all', async () => {
    const report = await replayBy(1, [drifting], []);
    expect(report.timeline!.online).toBeUndefined();
    expect(aboutOnline(report)).toEqual([]);
    expect(pulls(report)[2]).toBeLessThan(-0.2);
    expect(pulls(report)[20]).toBeGreaterThan(0.2);
  });

  test.each(['cumulative', '{ sliding: 4 }', '{ half_life: 2 }'])('memory %s follows it', async (memory) => {
    const report = await replayBy(1, [drifting], [`online={ learn: 4, every: 2, memory: ${memory} }`]);
    const local = localOf(report);
    expect(kinds(local)).toContain('accepted');
    expect(local.find(({ kind }) => kind === 'accepted')!.window).toBeGreaterThan(SHIFTED / PER_WINDOW);
    const [first, last] = [local[0]!, local.at(-1)!];
    expect(last.version).not.toBe(first.version);
  });

  test('the same report, but for timing, for any shards, slices and order of the files', async () => {
    const cuts = [0, 500, 3100, 9000, EVENTS];
    const paths = await Promise.all(
      cuts.slice(1).map((to, i) => writeTable(join(folder, `part${i}.arrow`), rows(table(0.02), cuts[i]!, to), 700)),
    );
    const reference = lasting(await replayBy(1, paths, [ONLINE]));
    for (const [shards, sliceEvents, files] of [
      [2, 777, paths],
      [3, 5000, paths.toReversed()],
    ] as const) {
      expect(lasting(await replayBy(shards, files, [ONLINE], { sliceEvents }))).toEqual(reference);
    }
  });
});

test('a stable sample keeps its version', async () => {
  const local = localOf(await replayBy(1, [steady], [ONLINE]));
  expect(kinds(local)).not.toContain('accepted');
  expect(local.at(-1)!.version).toBe(local[0]!.version);
});

test('windows are told by their numbers, where some are missing', async () => {
  const all = table(0);
  const gap = [0, 1, 2, 3, 4, 5].flatMap((w) => [...Array(PER_WINDOW).keys()].map((i) => (3 * w + 7) * PER_WINDOW + i));
  const path = await writeTable(join(folder, 'gaps.arrow'), { ...rows(all, 0, gap.length), event: gap });
  const local = localOf(await replayBy(1, [path], ['online={ learn: 4, every: 1 }']));
  expect(local.map(({ window, effective }) => [window, effective])).toEqual([
    [16, 19],
    [19, 22],
    [22, 23],
  ]);
});

describe('absent, and says why', () => {
  const none = 'online: local model not refitted';
  const nothing = 'online: regimes, correction and local model not refitted';
  const flat = table(0, 0);
  test.each<[string, string[], string | Table, string]>([
    ['too few windows', ['online={ learn: 24 }'], steady, `${none}: 24 of the 25 windows that are needed`],
    [
      'too few events',
      ['online={ learn: 1 }'],
      steady,
      `${none}: 500 of the 1000 events that are needed before the first fit`,
    ],
    [
      'too many refits',
      ['online={ learn: 40, every: 1 }', 'window={ events: 100 }'],
      steady,
      `${none}: 81 refits, 40 at most; give a larger online.every`,
    ],
    [
      'no objects',
      [ONLINE, 'objects=none', 'local_model=none'],
      steady,
      `${none}: the pipeline has no objects with features`,
    ],
    ['one window', [ONLINE, 'window={ events: 50000 }'], steady, `${nothing}: 1 of the 5 windows that are needed`],
    ['no windows', [ONLINE, 'window=none'], steady, `${nothing}: the pipeline has no windows`],
    ['more windows than are followed', [ONLINE, 'window={ events: 4 }'], steady, `${nothing}: more than 1000 windows`],
    [
      'no width at first',
      [ONLINE],
      { ...flat, reco_pt1: flat.gen_pt1!.map((x, i) => (i < 3000 ? x : x * (1 + (i % 7) / 50))) },
      `${none}: the response has no width beyond its local mean before the first fit`,
    ],
  ])('%s', async (what, overrides, sample, note) => {
    const path = typeof sample === 'string' ? sample : await writeTable(join(folder, `${what}.arrow`), sample);
    const report = await replayBy(1, [path], overrides);
    expect(aboutOnline(report)).toEqual([note]);
    expect(report.timeline?.online?.local).toBeUndefined();
    if (note.startsWith(none)) expect(report.timeline!.online!.events.length).toBeGreaterThan(0);
    else expect(report.timeline).toBeUndefined();
  });
});

test('--workers 2 gives the same versions and the same report as 1', async () => {
  const light = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];
  const args = ['window={ events: 500 }', ONLINE, 'local_model.knots={ pt: 4 }', ...light];
  const report = async (workers: number): Promise<Report> => {
    const sets = args.flatMap((each) => ['--set', each]);
    const sample = 'generator:6000?seed=4';
    const { code, stdout, stderr } = await run(
      ...['replay', 'pipelines/dilepton.yaml', sample, ...sets, '--workers', String(workers), '--format', 'json'],
    );
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Report;
  };
  const one = await report(1);
  expect(localOf(one).map(({ window }) => window)).toEqual([3, 5, 7, 9, 11]);
  expect(lasting(await report(2))).toEqual(lasting(one));
});
