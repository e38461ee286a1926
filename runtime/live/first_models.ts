import type { LoadedPipeline } from '../pipeline_file.js';
import { find } from '../analyse.js';
import type { RemoteShard } from '../crew.js';
import type { SkimChunk } from '../skim.js';
import { liveModels, type LiveModels } from './live_models.js';

/**
 * The models of a stream's first windows, by the same passes as the replay of a stored sample: a pure function of the set
 * of events, however they are cut into chunks.
 */
export async function firstModels(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  chunks: Iterable<SkimChunk>,
): Promise<LiveModels> {
  let used = 0;
  let next = 0;
  for (const chunk of chunks) {
    used += chunk.length;
    await crew[next++ % crew.length]!.add(chunk);
  }
  const read = { samples: [], read: used, used, rejected: {}, identities: [], notes: [] };
  return liveModels(await find(loaded, crew, read));
}
