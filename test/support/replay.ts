import { tmpdir } from 'node:os';
import { createCrew, type RemoteShard } from '../../runtime/crew.js';
import type { LoadedPipeline } from '../../runtime/pipeline_file.js';
import type { ReplayOptions } from '../../runtime/replay_options.js';
import type { PreparedSample } from '../../runtime/samples.js';
import { shardConfig } from '../../runtime/shard_config.js';
import type { Report } from '../../schemas/report.js';

/** Options of a replay on this thread, with a clock that stands still. */
export const settings = (more: Partial<ReplayOptions> = {}): ReplayOptions => ({
  workers: 1,
  maxBytes: 2 ** 26,
  folder: tmpdir(),
  version: '0.0.0-test',
  clock: () => 0,
  ...more,
});

/** As many shards as asked for, all on this thread. */
export const crewOf = (
  count: number,
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  options: ReplayOptions,
): RemoteShard[] => Array.from({ length: count }, () => createCrew(1, shardConfig(loaded, samples, options))).flat();

/** What must not depend on how a report was come by: all but timing and paths; the samples by their hash. */
export function lasting({ samples, ...rest }: Report): unknown {
  const named = samples.map(({ events, format, sha256 }) => ({ events, format, sha256 }));
  return { ...rest, timing: null, samples: named.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)) };
}

/** read = used + rejected + late + duplicate, and every event that was read belongs to a sample. */
export function accountOf({ events, samples }: Report): { read: number; accounted: number; ofSamples: number } {
  const rejected = Object.values(events.rejected).reduce((sum, n) => sum + n, 0);
  return {
    read: events.read,
    accounted: events.used + rejected + events.late + events.duplicate,
    ofSamples: samples.reduce((sum, sample) => sum + sample.events, 0),
  };
}
