import type { KafkaLog } from '../../sources/kafka/types.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { EndMessage, LiveSummary, ModelsMessage } from './messages.js';
import { takePart, type Pending } from './parts.js';

/** What the keeper has told so far. */
export interface ModelsTail {
  position: number;
  pending: Pending;
  models: ModelsMessage | null;
  /** The last end that was told, and whether it was after this worker began to follow. */
  end: (EndMessage & { readonly news: boolean }) | null;
  /** Offset from which on a message is news. */
  newsFrom: number;
}

export const modelsTail = (): ModelsTail => ({ position: 0, pending: {}, models: null, end: null, newsFrom: 0 });

/** The summary of the end, if it is the end of what this worker owns: an earlier one was of an earlier run. */
export function summaryOfEnd(
  { end }: ModelsTail,
  owned: ReadonlyMap<number, { readonly epoch: number }>,
): LiveSummary | null {
  if (end === null) return null;
  const mine = [...owned].every(([id, { epoch }]) => (end.epochs[id] ?? 0) >= epoch);
  return mine && (end.news || owned.size > 0) ? end.summary : null;
}

const FETCH = { maxBytes: 8 * 2 ** 20, waitMs: 500 };

/** Reads on in the models' log. What a keeper says that was given up is older or the same: the later stage stays. */
export async function followModels(
  loaded: LoadedPipeline,
  log: KafkaLog,
  topic: string,
  tail: ModelsTail,
): Promise<boolean> {
  const [batch] = await log.fetch([{ topic, partition: 0, offset: tail.position }], FETCH);
  if (batch === undefined) return false;
  tail.position = batch.next;
  let news = false;
  for (const { offset, value, headers } of batch.records) {
    const message = takePart(tail.pending, value, headers, loaded.hash, `topic ${topic} offset ${offset}`);
    if (message === null) continue;
    const said = message as ModelsMessage | EndMessage;
    if (said.kind === 'end') tail.end = { ...said, news: offset >= tail.newsFrom };
    else if (isLater(said, tail.models)) tail.models = said;
    news = true;
  }
  return news;
}

function isLater(said: ModelsMessage, known: ModelsMessage | null): boolean {
  if (known === null) return true;
  return said.closed >= known.closed && said.through >= known.through && said.applied.length >= known.applied.length;
}
