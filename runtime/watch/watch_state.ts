import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { wrongPipeline } from '../../operators/problem.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { demandPipeline } from '../live/checkpoint.js';
import { fileCheckpoints } from '../live/checkpoint_files.js';
import { readIfThere, replaceFile } from '../live/durable_file.js';
import type { KeeperState } from '../live/keeper.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { countsOf, type Counts } from './counts.js';
import type { WindowCounts } from '../../sinks/prometheus/count_window.js';
import type { Watcher } from './watch.js';
import { storeWatched, type StoredWatched } from './watched.js';

/** All that a stream has left, in one record: state and position cannot disagree. Plain data. */
export interface StoredWatch {
  /** SHA-256 of the samples. */
  readonly names: readonly string[];
  readonly samples: readonly StoredWatched[];
  /** null: no models yet, and all rows are read again. */
  readonly keeper: KeeperState | null;
  readonly totals: WindowCounts;
  /** Closed, and maybe not given. */
  readonly outbox: readonly WindowReport[];
}

/** Where a watched stream is kept. */
export interface WatchState {
  readonly stored: StoredWatch | null;
  /** Reports below this index were given. */
  readonly given: number;
  /** What the last checkpoint holds: only that may be shown as a counter, since a crash goes back to it. */
  counts: Counts | null;
  readonly savedAt: number;
  readonly isDue: () => boolean;
  readonly save: (watcher: Watcher) => Promise<void>;
  /** Remembers that a report was given. */
  readonly gave: (index: number) => Promise<void>;
}

interface Settings {
  readonly folder: string;
  readonly everyMs: number;
}

/** Takes up the checkpoint of a folder; of another pipeline or of other samples it is a Problem (2). */
export async function openWatchState(
  { pipeline: { pipeline }, hash }: LoadedPipeline,
  names: readonly string[],
  { folder, everyMs }: Settings,
  { clock, notice }: { readonly clock: () => number; readonly notice: (line: string) => void },
): Promise<WatchState> {
  const topic = `${pipeline}.watch`;
  const store = fileCheckpoints(folder, { onNotice: notice });
  const { epoch, checkpoint } = await store.claim(topic, 0);
  const stored = checkpoint && (checkpoint.state as StoredWatch);
  if (checkpoint) demandPipeline(checkpoint, hash, folder);
  if (stored && stored.names.join() !== names.join()) {
    throw wrongPipeline(`--state ${folder}: is of other samples; give these another folder, or those again`);
  }
  const ledger = join(folder, `${topic}.given`);
  if (stored === null) await rm(ledger, { force: true });
  let sequence = 0;
  const state = {
    stored,
    given: Number((await readIfThere(ledger))?.toString() ?? 0),
    counts: null as Counts | null,
    savedAt: clock(),
    isDue: () => clock() - state.savedAt >= everyMs,
    async save(watcher: Watcher): Promise<void> {
      // While rows are read again the last checkpoint still holds.
      if (watcher.samples.some(({ partition }) => partition.again !== null)) return;
      const counts = countsOf(watcher);
      const { keeper, totals, outbox } = watcher;
      const content: StoredWatch = {
        ...{ names, samples: watcher.samples.map(storeWatched) },
        ...{ keeper: keeper.models === null ? null : keeper, totals, outbox },
      };
      await store.save({
        ...{ pipelineHash: hash, topic, partition: 0, epoch, sequence: ++sequence },
        ...{ next: counts.read, from: 0, deadLetters: 0, state: content },
      });
      state.savedAt = clock();
      state.counts = counts;
    },
    async gave(index: number): Promise<void> {
      state.given = index + 1;
      await replaceFile(ledger, Buffer.from(String(state.given)), `${ledger}.writing`, `${ledger}.1`);
    },
  };
  return state;
}
