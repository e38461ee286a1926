import type { EventPick } from './pick.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { probePicks } from './probe_stream/probe_pick.js';
import type { PreparedSample } from './samples.js';
import type { ShardConfig } from './shard.js';

/** What a crew needs to read samples; it picks the events of the pipeline's probes unless told others. */
export const shardConfig = (
  loaded: LoadedPipeline,
  samples: readonly Pick<PreparedSample, 'bind'>[],
  { maxBytes, folder }: Pick<ShardConfig, 'maxBytes' | 'folder'>,
  picks: readonly EventPick[] = probePicks(loaded),
): ShardConfig => ({
  ...{ pipeline: loaded.pipeline, samples: samples.map(({ bind }) => bind), maxBytes, folder, picks },
  ...(loaded.cards && { cardFolder: loaded.cards.folder }),
});
