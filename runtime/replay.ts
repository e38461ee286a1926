import { addRejections, type Rejections } from '../operators/batch.js';
import { Problem, wrongSample } from '../operators/problem.js';
import { fitRegimes } from '../operators/regimes/regime_map.js';
import { mergeBook, settleBook, type Book } from '../operators/summaries/book.js';
import type { ContextCellsState } from '../operators/summaries/context_cells.js';
import type { MomentsState } from '../operators/summaries/moments.js';
import type { Report } from '../schemas/report.js';
import { createCrew, type RemoteShard } from './crew.js';
import { dropsOf, findDuplicates, mayRepeat, type IdentityRange } from './duplicates.js';
import { canRepeat } from './identity.js';
import { observeEntries, surveyEntries, zoomEntry, zoomRequests } from './observations.js';
import { writePartial } from './partial.js';
import { PARTIAL_FORMAT, type PartialHead } from './partial_head.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { planPipeline } from './pipeline_plan.js';
import { stateOf } from './report/pages.js';
import { buildReport } from './report/build.js';
import { zoomConfigs } from './report/response.js';
import type { PreparedSample } from './samples.js';
import type { Slice, SliceResult } from './shard.js';

/** What was read since the last call. */
export interface Progress {
  readonly events: number;
  readonly bytes: number;
}

export interface ReplayOptions {
  readonly workers: number;
  /** Bytes of skim held in memory by all workers together. */
  readonly maxBytes: number;
  /** Where the skim goes beyond that. */
  readonly folder: string;
  readonly version: string;
  /** Events that one worker reads at a time, where a format can start anywhere; default 262,144. */
  readonly sliceEvents?: number;
  /** Seconds since some moment: the clock is the caller's (law 6). */
  readonly clock: () => number;
  /** Called after every batch; with one worker reading waits for it. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}

/** Result of the reading; samples in the order given. `used` still counts duplicates. */
export interface Read {
  readonly samples: Report['samples'];
  readonly read: number;
  readonly used: number;
  readonly rejected: Rejections;
  readonly identities: readonly (IdentityRange | null)[];
  readonly notes: readonly string[];
}

/** Keys looked through at a time when duplicates are searched. */
const KEYS_AT_ONCE = 2_000_000;
const SLICE_EVENTS = 262_144;

/** Replays stored samples: reads them once into the skim, then makes the passes, and reports. */
export async function replay(
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  options: ReplayOptions,
): Promise<Report> {
  const start = options.clock();
  const crew = crewFor(loaded, samples, options);
  try {
    const read = await readSamples(samples, crew, options);
    return await analyse(loaded, crew, read, options, start);
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}

/** Reads the samples into a partial file: the skim, with nothing fitted. */
export async function replayPartial(
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  file: string,
  options: ReplayOptions,
): Promise<Read> {
  const crew = crewFor(loaded, samples, options);
  try {
    const read = await readSamples(samples, crew, options);
    const head: PartialHead = {
      ...read,
      format: PARTIAL_FORMAT,
      regimewatch: options.version,
      pipeline: loaded.pipeline,
      pipelineHash: loaded.hash,
      samples: read.samples.map((sample, i) => ({
        ...sample,
        from: samples[i]!.range?.from ?? 0,
        to: samples[i]!.range?.to ?? null,
      })),
    };
    await writePartial(file, head, crew, planPipeline(loaded.pipeline, (path) => path.join('.')).kept);
    return read;
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}

function crewFor(loaded: LoadedPipeline, samples: readonly PreparedSample[], options: ReplayOptions): RemoteShard[] {
  const { workers, maxBytes, folder } = options;
  return createCrew(workers, { pipeline: loaded.pipeline, samples: samples.map(({ bind }) => bind), maxBytes, folder });
}

/** One place decides how the work is cut: whole samples, or ranges of them where the format can start anywhere. */
function cutWork(samples: readonly PreparedSample[], workers: number, sliceEvents = SLICE_EVENTS): Slice[] {
  return samples.flatMap(({ bind: { index }, info, ranges, range }): Slice[] => {
    if (range) return [{ sample: index, range }];
    if (workers <= 1 || !ranges || info.events === undefined) return [{ sample: index }];
    const slices = Math.max(1, Math.min(4 * workers, Math.ceil(info.events / sliceEvents)));
    const size = Math.ceil(info.events / slices);
    return Array.from({ length: slices }, (_, i) => ({ sample: index, range: { from: i * size, to: (i + 1) * size } }));
  });
}

/** Reads every sample; whoever is free takes the next slice. Which worker takes which changes nothing in the result. */
export async function readSamples(
  samples: readonly PreparedSample[],
  crew: readonly RemoteShard[],
  options: ReplayOptions,
): Promise<Read> {
  const left = cutWork(samples, crew.length, options.sliceEvents);
  const results: SliceResult[] = [];
  await Promise.all(
    crew.map(async (shard) => {
      for (let slice = left.shift(); slice !== undefined; slice = left.shift()) {
        results.push(await shard.read(slice, (events, bytes) => options.onProgress?.({ events, bytes })));
      }
    }),
  );
  const rejected: Rejections = {};
  for (const result of results) addRejections(rejected, result.rejected);
  const sum = (of: (result: SliceResult) => number): number => results.reduce((total, result) => total + of(result), 0);
  const names = await Promise.all(samples.map(({ sha256 }) => sha256));
  refuseSameBytes(samples, names);
  return {
    samples: samples.map(({ bind: { index, path, format } }) => ({
      path,
      format,
      events: sum(({ sample, read }) => (sample === index ? read : 0)),
      sha256: names[index]!,
    })),
    read: sum(({ read }) => read),
    used: sum(({ used }) => used),
    rejected,
    identities: results.filter(({ used }) => used > 0).map(({ identity }) => identity),
    notes: [...new Set(samples.flatMap(({ notes }) => notes))],
  };
}

/** The same bytes given twice: their events would count twice, or all be duplicates. */
function refuseSameBytes(samples: readonly PreparedSample[], names: readonly string[]): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first === i) return;
    const [one, other] = [samples[first]!.bind.path, samples[i]!.bind.path];
    throw wrongSample(`samples ${one} and ${other}: hold the same bytes; give each once`);
  });
}

/** Leaves all but the first of the events with the same identity out of the passes; says how many that are. */
export async function dropDuplicates(
  { pipeline }: LoadedPipeline,
  read: Read,
  crew: readonly RemoteShard[],
): Promise<number> {
  const identities = read.samples.map(({ format }) => pipeline.sources[format as 'lhe']?.identity ?? pipeline.identity);
  if (!identities.some((names) => canRepeat([names].flat())) || !mayRepeat(read.identities)) return 0;
  const parts = Math.max(1, Math.ceil(read.used / KEYS_AT_ONCE));
  const order = read.samples.map(({ sha256 }) => sha256).sort();
  const rank = read.samples.map(({ sha256 }) => order.indexOf(sha256));
  const repeated: [number, number][] = [];
  for (let part = 0; part < parts; part++) {
    const keys = await Promise.all(crew.map((shard) => shard.keys(part, parts)));
    for (const found of findDuplicates(keys, rank)) repeated.push(found);
  }
  const drops = dropsOf(repeated);
  await Promise.all(crew.map((shard) => shard.drop(drops)));
  return repeated.length;
}

async function pass(crew: readonly RemoteShard[], run: (shard: RemoteShard) => Promise<Book>): Promise<Book> {
  const [book, ...others] = await Promise.all(crew.map(run));
  for (const other of others) mergeBook(book!, other);
  settleBook(book!);
  return book!;
}

/** The passes over the skim: survey → regimes → observe → quantiles → report. */
export async function analyse(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  read: Read,
  options: ReplayOptions,
  start: number,
): Promise<Report> {
  const { pipeline } = loaded;
  const why = Object.entries(read.rejected).sort(([, a], [, b]) => b - a)[0];
  if (read.used === 0) {
    const reason = why ? ` (most often: ${why[0]}, ${why[1]} times)` : '';
    throw wrongSample(
      `${read.samples.map(({ path }) => path).join(', ')}: no usable event among ${read.read} read${reason}`,
    );
  }
  const duplicate = await dropDuplicates(loaded, read, crew);
  const survey = surveyEntries(pipeline);
  const surveyed = await pass(crew, (shard) => shard.survey(survey));
  const variables = Object.entries(pipeline.context).map(([name, { words, title = name }]) => ({
    name,
    words: { low: words?.[0] ?? `low ${title}`, high: words?.[1] ?? `high ${title}`, title },
  }));
  const scales = variables.map(({ name }) => stateOf<MomentsState>(surveyed, `scale:${name}`));
  const fit = fitRegimes(stateOf<ContextCellsState>(surveyed, 'cells'), scales, variables, pipeline.regimes);
  if (fit === undefined)
    throw new Problem(
      3,
      `sample: none of its ${read.used - duplicate} usable events is in the training split; regimes need some`,
    );
  const regimes = fit.map.centroids.length;
  const observe = observeEntries(pipeline, regimes);
  const observed = await pass(crew, (shard) => shard.observe(observe, fit.map));
  const configs = zoomConfigs(pipeline, observed, regimes);
  const zooms = zoomRequests(pipeline).map((request) => zoomEntry(request, configs.get(request.key)!));
  const zoomed = await pass(crew, (shard) => shard.observe(zooms, fit.map));
  const findings = { ...read, used: read.used - duplicate, duplicate, surveyed, fit, observed, zoomed };
  return buildReport(loaded, findings, options.version, options.clock() - start);
}
