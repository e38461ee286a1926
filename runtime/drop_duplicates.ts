import type { RemoteShard } from './crew.js';
import { dropsOf, findDuplicates, mayRepeat } from './duplicates.js';
import { canRepeat } from './identity.js';
import type { LoadedPipeline } from './pipeline_file.js';
import type { Read } from './read_samples.js';
import { identityOf } from './sample_stage.js';

/** Keys looked through at a time: it bounds the memory. */
const KEYS_AT_ONCE = 2_000_000;

/** Leaves all but the first of the events with the same identity out of the passes; says how many that are. */
export async function dropDuplicates(
  { pipeline }: LoadedPipeline,
  read: Read,
  crew: readonly RemoteShard[],
): Promise<number> {
  // A message may bring the key of a position in another sample, and may have been sent twice.
  const repeats = read.samples.some(({ format }) => format === 'kafka' || canRepeat(identityOf(pipeline, format)));
  if (!repeats || !mayRepeat(read.identities)) return 0;
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
