import { Problem } from '../../operators/problem.js';
import type { Book } from '../../operators/summaries/book.js';
import type { WindowReport } from '../../schemas/window_report.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { closeWindow, openWatching, type Watching } from './close_window.js';
import { mergeWindowBook } from './earlier_books.js';
import type { LiveModels } from './live_models.js';
import { skimChunk, type ModelsMessage, type Progress, type StoredChunk, type SummaryMessage } from './messages.js';
import type { PartitionEnd } from './messages.js';

/** What the keeper knows of a partition. */
interface Known extends Omit<Progress, 'kind' | 'partition'> {
  /** Highest window whose delta has come. */
  readonly emitted: number;
}

/** Windows that are not closed yet, rising, merged from the deltas that have come. */
interface Gathering {
  readonly number: number;
  readonly partitions: readonly number[];
  readonly book: Book;
}

/** State of the worker that merges: a function of the summaries' log. Plain data. */
export interface KeeperState {
  readonly known: Known[];
  models: LiveModels | null;
  watching: Watching | null;
  gathering: Gathering[];
  /** Windows below are closed. */
  closed: number;
  /** Events of windows that were closed without them, since their partition had been idle. */
  veryLate: number;
  ends: (PartitionEnd | null)[];
  /** Rows of windows by number, while there are no models; not in a checkpoint: they are read again. */
  learning: Record<string, StoredChunk[]>;
}

/** Windows that the first models are learned from, where the pipeline does not say. */
const LEARN = 4;

export const openKeeper = (partitions: number): KeeperState => ({
  known: Array.from({ length: partitions }, () => ({
    shipped: -Infinity,
    done: -Infinity,
    epoch: 0,
    idle: false,
    ended: false,
    emitted: -Infinity,
  })),
  models: null,
  watching: null,
  gathering: [],
  closed: -Infinity,
  veryLate: 0,
  ends: Array<PartitionEnd | null>(partitions).fill(null),
  learning: {},
});

/**
 * Takes a message of the summaries' log. A delta that came before is known by its window: a partition sends its windows
 * in rising order, once each, and after a crash some again, the same to the bit.
 */
export function takeSummary(state: KeeperState, message: SummaryMessage): void {
  const { partition } = message;
  const known = state.known[partition];
  if (known === undefined) {
    throw new Problem(
      1,
      `partition ${partition}: is new, the group began with ${state.known.length}; give another --group for the topic as it is now`,
    );
  }
  switch (message.kind) {
    case 'rows':
      if (state.models === null && message.window >= known.shipped) {
        state.learning[`${message.window} ${partition}`] = [...message.chunks];
      }
      return;
    case 'window': {
      const { window, events, book } = message;
      if (window <= known.emitted) return;
      state.known[partition] = { ...known, emitted: window };
      if (window < state.closed) state.veryLate += events;
      else gather(state, window, partition, book);
      return;
    }
    case 'progress': {
      const { epoch, shipped, done, idle, ended } = message;
      // A zombie's word of how far it is does not count.
      if (epoch < known.epoch) return;
      // An owner that took the partition up after its end reads on: there may be more.
      if (!ended) state.ends[partition] = null;
      // It may be said again after a crash; but who goes on after an end begins below it.
      const highest = (said: number, before: number): number => (known.ended && !ended ? said : Math.max(said, before));
      state.known[partition] = {
        ...known,
        ...{ shipped: highest(shipped, known.shipped), done: highest(done, known.done), epoch, idle, ended },
      };
      return;
    }
    case 'state':
      if (message.epoch < known.epoch) return;
      state.ends[partition] = message;
  }
}

function gather(state: KeeperState, number: number, partition: number, book: Book): void {
  const at = state.gathering.findIndex((each) => each.number >= number);
  const there = state.gathering[at];
  if (there?.number === number) {
    const partitions = [...there.partitions, partition].sort((a, b) => a - b);
    state.gathering[at] = { number, partitions, book: mergeWindowBook(there.book, book) };
  } else state.gathering.splice(at < 0 ? state.gathering.length : at, 0, { number, partitions: [partition], book });
}

/** Lowest of the partitions that are waited for; −Infinity if none is. */
function lowest(state: KeeperState, of: (known: Known) => number): number {
  const waited = state.known.filter(({ idle, ended }) => !idle || ended);
  return waited.length === 0 ? -Infinity : Math.min(...waited.map(of));
}

/**
 * Chunks that the first models are to be learned from, if there are enough: the lowest windows, or all at the end. Rows of
 * windows above those that are known by now will never be among them, and are forgotten.
 */
export function lessons({ pipeline }: LoadedPipeline, state: KeeperState): ReturnType<typeof skimChunk>[] | null {
  if (state.models !== null) return null;
  const below = lowest(state, ({ shipped }) => shipped);
  const learn = pipeline.online?.learn ?? LEARN;
  const known = [...new Set(Object.keys(state.learning).map(windowOf))].sort((a, b) => a - b).slice(0, learn);
  const entries = Object.entries(state.learning).filter(([key]) => known.includes(windowOf(key)));
  state.learning = Object.fromEntries(entries);
  const complete = known.filter((number) => number < below);
  if (complete.length === 0 || (complete.length < learn && below < Infinity)) return null;
  return Object.keys(state.learning)
    .filter((key) => complete.includes(windowOf(key)))
    .sort()
    .flatMap((key) => state.learning[key]!.map(skimChunk));
}

const windowOf = (key: string): number => Number(key.split(' ')[0]);

export function learned(loaded: LoadedPipeline, state: KeeperState, models: LiveModels): void {
  state.models = models;
  state.watching = openWatching(loaded, models);
  state.learning = {};
}

/** Closes every window that all partitions have let go of, in rising order; their reports. */
export function closeComplete(loaded: LoadedPipeline, state: KeeperState): WindowReport[] {
  if (state.models === null) return [];
  const below = lowest(state, ({ done }) => done);
  const reports: WindowReport[] = [];
  for (let window = state.gathering[0]; window && window.number < below; window = state.gathering[0]) {
    const { after, report } = closeWindow(loaded, state.models, state.watching!, window);
    state.watching = after;
    reports.push(report);
    state.gathering.shift();
  }
  const last = reports.at(-1)?.window ?? -Infinity;
  // At the end of all partitions the windows are closed that there were: others may come with a later run.
  const closed = below === Infinity ? last + 1 : below;
  if (closed > state.closed) state.closed = closed;
  return reports;
}

/**
 * What workers need for the windows to come. Without refits all windows have their models; with them the lowest window
 * that can still get events has its own, since all before it are closed.
 */
export function modelsMessage({ pipeline }: LoadedPipeline, state: KeeperState): ModelsMessage | null {
  const { models, watching, closed } = state;
  if (models === null || watching === null) return null;
  const through = pipeline.online ? closed : Infinity;
  return { kind: 'models', models, applied: watching.applied, through, closed };
}
