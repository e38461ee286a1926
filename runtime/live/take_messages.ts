import type { LogBatch } from '../../sources/kafka/types.js';
import { bury } from './bury.js';
import type { LiveIo, LiveTopics } from './live_options.js';
import type { Owned } from './owned.js';
import { takeAgain, takeEvents } from './partition.js';
import type { WireStage } from './wire_stage.js';

/**
 * Takes what a fetch brought: messages that are in the state already only for the rows that had been held back, the
 * others for good. A message that cannot be read goes to the dead letters, once; it must be there before the position
 * moves past it.
 */
export async function takeMessages(
  io: LiveIo,
  topics: LiveTopics,
  stage: WireStage,
  owned: Owned,
  { records, next, end }: LogBatch,
): Promise<void> {
  const { partition } = owned;
  owned.end = end;
  if (partition.again !== null) {
    const again = records.filter(({ offset }) => offset < owned.next);
    const { batches } = await io.decoder.decode(again);
    for (const batch of batches) takeAgain(partition, stage(batch));
    owned.position = Math.min(next, owned.next);
    if (owned.position === owned.next) partition.again = null;
    return;
  }
  if (records.length > 0) {
    const { batches, bad } = await io.decoder.decode(records);
    if (bad.length > 0) await bury(io, topics, owned, topics.events, bad, records);
    for (const batch of batches) takeEvents(partition, stage(batch));
    owned.heardAt = io.clock();
    owned.idle = false;
    owned.ended = false;
  }
  if (next > owned.next) {
    owned.next = next;
    owned.dirty = true;
  }
  owned.position = next;
}
