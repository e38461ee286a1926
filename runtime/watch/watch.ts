import { setImmediate as breathe } from 'node:timers/promises';
import { wrongPipeline, wrongSample } from '../../operators/problem.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { countWindow, NO_WINDOWS, type WindowCounts } from '../../sinks/prometheus/count_window.js';
import { createCrew } from '../crew.js';
import { useModels } from '../live/fill_windows.js';
import { closeHeld, heldRows, type HeldRows } from '../live/held_rows.js';
import { closeComplete, modelsMessage, openKeeper, takeSummary, type KeeperState } from '../live/keeper.js';
import { learn, summaryOf } from '../live/keeper_loop.js';
import type { LiveSummary, ModelsMessage } from '../live/messages.js';
import { closeExtras, openExtras } from '../live/stage_extras.js';
import { tellings } from '../live/tellings.js';
import type { StageExtras } from '../live/wire_stage.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { PreparedSample } from '../samples.js';
import { countsOf } from './counts.js';
import { openWatchState, type WatchState } from './watch_state.js';
import { openWatched, reached, takeSlice, type Watched } from './watched.js';

export interface WatchOptions {
  /** Events between two looks at what is complete, asked for anew each time; the pace makes it small. */
  readonly sliceEvents: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Ends the stream in good order, where it stands. */
  readonly signal: AbortSignal;
  /** Rows held back in memory, in bytes, and where more of them go. */
  readonly maxBytes: number;
  readonly folder: string;
  /** Threads that learn the first models; 1: none but this one. */
  readonly learners: number;
  readonly probeThread: boolean;
  /** Folder of the checkpoint, and the time between two; null: nothing is kept. */
  readonly state: { readonly folder: string; readonly everyMs: number } | null;
  readonly notice: (line: string) => void;
  /** Called before the first event, for those who show how it is; the stream begins when it is done. */
  readonly onWatcher?: (watcher: Watcher) => void | Promise<void>;
  /** A window was closed; the stream goes on when it is done. */
  readonly onReport: (report: WindowReport) => void | Promise<void>;
  /** A slice was taken; the stream goes on when it is done. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}

/** A slice of events: how many, bytes of the file, milliseconds that it took, and the highest window of its sample. */
export interface Progress {
  readonly events: number;
  readonly bytes: number;
  readonly ms: number;
  readonly window: number | null;
}

/** What can be seen of a stream from outside; `watch` changes it. */
export interface Watcher {
  readonly samples: readonly Watched[];
  readonly held: HeldRows;
  readonly extras: StageExtras;
  keeper: KeeperState;
  models: ModelsMessage | null;
  /** Of the windows closed, here or before a restart. */
  totals: WindowCounts;
  /** Reports that are closed and not given yet. */
  outbox: readonly WindowReport[];
  readonly state: WatchState | null;
  /** All samples have ended and all their reports are given. */
  over: boolean;
}

/**
 * Watches stored or generated samples as a stream, in this process and without a broker: the same windows, models,
 * checks and reports, bit for bit, as live workers make of a topic whose partitions hold these samples; for any pace and
 * any size of slices. The sample that is least far, by the highest window it has shown, is read on. Resolves with the
 * summary at the end of all samples, and with null after a signal.
 *
 * With a state folder a restart goes on where the checkpoint is: each report is given once, except that one given in the
 * very moment of a crash is given again, the same.
 */
export async function watch(
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  options: WatchOptions,
): Promise<LiveSummary | null> {
  const { pipeline } = loaded;
  if (pipeline.window === undefined) {
    throw wrongPipeline(
      `pipeline ${pipeline.pipeline}: has no window; watch needs one, e.g. window: { events: 50000 }`,
    );
  }
  const names = samples.length > 1 || options.state ? await Promise.all(samples.map(({ sha256 }) => sha256)) : [];
  refuseTwice(samples, names);
  const inEffect: { models: ModelsMessage | null } = { models: null };
  const extras = await openExtras(loaded, { ...options, models: () => inEffect.models });
  const held = heldRows(options.maxBytes, options.folder);
  try {
    const kept = options.state && (await openWatchState(loaded, names, options.state, options));
    const stored = kept?.stored ?? null;
    const open = { extras, sliceEvents: options.sliceEvents };
    const watcher: Watcher = {
      samples: samples.map((each, i) => openWatched(loaded, each, held, stored?.samples[i] ?? null, open)),
      ...{ held, extras, keeper: stored?.keeper ?? openKeeper(samples.length), models: null },
      ...{ totals: stored?.totals ?? NO_WINDOWS, outbox: stored?.outbox ?? [], state: kept, over: false },
    };
    if (kept) kept.counts = countsOf(watcher);
    await options.onWatcher?.(watcher);
    await deliver(watcher, options);
    await settle(loaded, watcher, options);
    inEffect.models = watcher.models;
    for (let next = least(watcher); next && !options.signal.aborted; next = least(watcher)) {
      const from = options.clock();
      const { events, bytes } = await takeSlice(next, extras, watcher.models);
      await settle(loaded, watcher, options);
      inEffect.models = watcher.models;
      // Whoever serves what is seen gets a turn, however fast the samples are.
      await breathe();
      const [ms, window] = [options.clock() - from, reached(next)];
      if (events > 0 || bytes > 0)
        await options.onProgress?.({ events, bytes, ms, window: window === -Infinity ? null : window });
    }
    await kept?.save(watcher);
    await extras.probes?.settled();
    watcher.over = !options.signal.aborted;
    return options.signal.aborted ? null : summaryOf(loaded, watcher.keeper);
  } finally {
    closeHeld(held);
    await closeExtras(extras);
  }
}

/** The sample to read on: first what was held back before a restart, then the one that is least far. */
function least({ samples }: Watcher): Watched | undefined {
  const again = samples.find(({ partition }) => partition.again !== null);
  if (again) return again;
  const open = samples.filter(({ ended }) => !ended);
  return open.reduce<Watched | undefined>((a, b) => (a && reached(a) <= reached(b) ? a : b), undefined);
}

/** Tells the keeper what is complete, closes windows and takes up models, until nothing more comes of it. */
async function settle(loaded: LoadedPipeline, watcher: Watcher, options: WatchOptions): Promise<void> {
  const { keeper, samples } = watcher;
  const { maxBytes, folder } = options;
  const crew = () =>
    createCrew(options.learners, { pipeline: loaded.pipeline, samples: [], maxBytes, folder }, options.signal);
  const closed: WindowReport[] = [];
  for (let news = true; news;) {
    news = false;
    for (const each of samples) {
      for (const [message] of tellings(each, null)) {
        takeSummary(keeper, message);
        await learn(loaded, keeper, crew);
        closed.push(...closeComplete(loaded, keeper));
        news = true;
      }
    }
    const models = modelsMessage(loaded, keeper);
    if (models === null || wordsOf(models) === (watcher.models && wordsOf(watcher.models))) continue;
    watcher.models = models;
    for (const { partition } of samples) useModels(partition, models);
    news = true;
  }
  watcher.outbox = [...watcher.outbox, ...closed];
  watcher.totals = closed.reduce(countWindow, watcher.totals);
  const { state } = watcher;
  // A report is given only once the state that closed it is kept, so that no restart can give another in its place.
  if (state && (closed.length > 0 || state.isDue())) await state.save(watcher);
  if (closed.length > 0) await deliver(watcher, options);
}

const wordsOf = ({ applied, through, closed, models }: ModelsMessage): string =>
  `${models.version} ${applied.length} ${applied.at(-1)!.from} ${through} ${closed}`;

async function deliver(watcher: Watcher, { onReport }: WatchOptions): Promise<void> {
  for (const report of watcher.outbox) {
    if (report.index < (watcher.state?.given ?? 0)) continue;
    await onReport(report);
    await watcher.state?.gave(report.index);
  }
  watcher.outbox = [];
}

/** The same bytes given twice: their events would count twice, or all be duplicates. */
function refuseTwice(samples: readonly PreparedSample[], names: readonly string[]): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first === i) return;
    throw wrongSample(
      `samples ${samples[first]!.bind.path} and ${samples[i]!.bind.path}: hold the same bytes; give each once`,
    );
  });
}
