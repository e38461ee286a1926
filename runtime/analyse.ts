import { Problem, wrongSample } from '../operators/problem.js';
import { fitRegimes, type RegimeMap } from '../operators/regimes/regime_map.js';
import { mergeBook, settleBook, type Book } from '../operators/summaries/book.js';
import type { ContextCellsState } from '../operators/summaries/context_cells.js';
import type { MomentsState } from '../operators/summaries/moments.js';
import type { ProbeRow, Report } from '../schemas/report.js';
import type { RemoteShard } from './crew.js';
import { dropDuplicates } from './drop_duplicates.js';
import { contextVariables } from './context_variables.js';
import { observeEntries, surveyEntries, zoomEntry, zoomRequests } from './observations.js';
import type { LoadedPipeline } from './pipeline_file.js';
import type { Read } from './read_samples.js';
import type { ReplayOptions } from './replay_options.js';
import { buildReport, type Findings } from './report/build.js';
import { stateOf } from './report/pages.js';
import { referenceSection } from './report/reference.js';
import { coreBounds } from './core_bounds.js';
import { coreOf, zoomConfigs } from './report/response.js';
import { correct } from './correct.js';
import { analyseLocally, type LocalFindings } from './local_analysis.js';

async function pass(crew: readonly RemoteShard[], run: (shard: RemoteShard) => Promise<Book>): Promise<Book> {
  // Settled by those who made them.
  const [book, ...others] = await Promise.all(crew.map(run));
  for (const other of others) mergeBook(book!, other);
  if (others.length > 0) settleBook(book!);
  return book!;
}

/** A report, and the summaries and models that it was made of. */
export interface Analysis {
  readonly report: Report;
  readonly findings: Findings;
}

/** The report of the events in the skim. */
export async function analyse(...args: Parameters<typeof analyseWhole>): Promise<Report> {
  return (await analyseWhole(...args)).report;
}

/** What the passes over the skim find, and the report of it, compared with a reference where one is given. */
export async function analyseWhole(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  read: Read,
  options: ReplayOptions,
  start: number,
): Promise<Analysis> {
  const { findings, probes } = await findAndProbe(loaded, crew, read, options);
  const built = buildReport(loaded, findings, options.version, options.clock() - start);
  const report = probes === null ? built : { ...built, probes };
  const { reference } = options;
  if (reference === undefined) return { report, findings };
  return { report: { ...report, reference: referenceSection(loaded.pipeline, report, reference) }, findings };
}

/** Probes run beside the passes; what becomes of them is asked for when the passes are done. */
async function findAndProbe(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  read: Read,
  { probeThread }: ReplayOptions,
): Promise<{ findings: Findings; probes: ProbeRow[] | null }> {
  if (!loaded.cards || !loaded.pipeline.probes) return { findings: await find(loaded, crew, read), probes: null };
  // Loaded when needed: few pipelines have probes.
  const { openReplayProbes } = await import('./probe_stream/replay_probes.js');
  const opened = openReplayProbes(loaded, probeThread === true);
  try {
    let probing: Promise<ProbeRow[]> | null = null;
    const findings = await find(loaded, crew, read, (map) => {
      probing = opened.run(crew, map);
      probing.catch(() => undefined);
    });
    const probes = await (probing as Promise<ProbeRow[]> | null);
    return { findings, probes };
  } finally {
    await opened.close();
  }
}

/** The first pass over the skim of a crew, without duplicates, and the regimes that it gives. */
export async function findRegimes(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  read: Read,
): Promise<Pick<Findings, 'duplicate' | 'surveyed' | 'fit'>> {
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
  const variables = contextVariables(pipeline);
  const scales = variables.map(({ name }) => stateOf<MomentsState>(surveyed, `scale:${name}`));
  const fit = fitRegimes(stateOf<ContextCellsState>(surveyed, 'cells'), scales, variables, pipeline.regimes);
  if (fit === undefined)
    throw new Problem(
      3,
      `sample: none of its ${read.used - duplicate} usable events is in the training split; regimes need some`,
    );
  return { duplicate, surveyed, fit };
}

/** The passes over the skim of a crew: survey → regimes → observe → quantiles → local analysis → correction. */
export async function find(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  read: Read,
  onRegimes?: (map: RegimeMap) => void,
): Promise<Findings> {
  const { pipeline } = loaded;
  const { duplicate, surveyed, fit } = await findRegimes(loaded, crew, read);
  onRegimes?.(fit.map);
  const regimes = fit.map.centroids.length;
  const observe = observeEntries(pipeline, regimes);
  const observed = await pass(crew, (shard) => shard.observe(observe, fit.map));
  const configs = zoomConfigs(pipeline, observed, regimes);
  const zooms = zoomRequests(pipeline).map((request) => zoomEntry(request, configs.get(request.key)!));
  const zoomed = await pass(crew, (shard) => shard.observe(zooms, fit.map));
  const local = pipeline.response
    ? await localAnalysis(loaded, fit.map, read.used - duplicate, observed, zoomed, crew)
    : null;
  const corrected =
    local &&
    (await correct(pipeline, fit.map, local.first, (entries, model) =>
      pass(crew, (shard) => shard.corrected(entries, fit.map, model)),
    ));
  return {
    ...read,
    used: read.used - duplicate,
    duplicate,
    surveyed,
    fit,
    observed,
    zoomed,
    local,
    corrected,
  };
}

function localAnalysis(
  { pipeline }: LoadedPipeline,
  map: RegimeMap,
  used: number,
  observed: Book,
  zoomed: Book,
  crew: readonly RemoteShard[],
): Promise<LocalFindings> {
  const whole = coreOf(observed, zoomed, 'response:all', 0, map.centroids.length);
  return analyseLocally(
    pipeline,
    map,
    used,
    whole,
    coreBounds(map, observed, zoomed),
    (entries, step) => pass(crew, (shard) => shard.local(entries, map, step)),
    (entries, step) => pass(crew, (shard) => shard.windowCells(entries, map, step)),
  );
}
