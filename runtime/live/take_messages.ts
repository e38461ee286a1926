import type { LogBatch } from '../../sources/kafka/types.js';
import { bury } from './bury.js';
import { copyFloor } from './floor.js';
import type { LiveIo, LiveTopics } from './live_options.js';
import type { Owned } from './owned.js';
import { takeAgain, takeEvents } from './partition.js';
import { offsetsOf, type WireStage } from './wire_stage.js';

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
    const cuts = partition.passes.filter(
      ({ offset }) => offset > owned.position && offset <= Math.min(next, owned.next),
    );
    let from = 0;
    for (const cut of [...cuts, { offset: owned.next, floor: null }]) {
      const to = again.findIndex(({ offset }) => offset >= cut.offset);
      const { batches } = await io.decoder.decode(again.slice(from, to < 0 ? again.length : to));
      for (const batch of batches) if (stage.unfit(batch) === null) takeAgain(partition, await stage.arrive(batch));
      from = to < 0 ? again.length : to;
      // Here a clock had raised the floor.
      if (cut.floor) partition.again = copyFloor(cut.floor);
    }
    owned.position = Math.min(next, owned.next);
    if (owned.position === owned.next) partition.again = null;
    return;
  }
  if (records.length > 0) {
    const { batches, bad } = await io.decoder.decode(records);
    const letters = [...bad];
    const fit = batches.filter((batch) => {
      const reason = stage.unfit(batch);
      if (reason !== null) letters.push(...offsetsOf(batch).map((offset) => ({ offset, reason })));
      return reason === null;
    });
    letters.sort((a, b) => a.offset - b.offset);
    if (letters.length > 0) await bury(io, topics, owned, topics.events, letters, records);
    for (const batch of fit) {
      const arrived = await stage.arrive(batch);
      stage.offer(arrived, takeEvents(partition, arrived));
    }
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
