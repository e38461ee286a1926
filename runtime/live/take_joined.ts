import type { LogBatch } from '../../sources/kafka/types.js';
import { bury } from './bury.js';
import { joinComplete, takeSide, type JoinedLog } from './joined_log.js';
import type { LiveIo, LiveTopics } from './live_options.js';
import type { Owned } from './owned.js';
import { knowsItsModels } from './fill_windows.js';
import type { TruthSides } from './truth_side.js';
import type { WireStage } from './wire_stage.js';

/** Takes messages of the reconstruction or of the truth, and joins the windows that are complete on both. */
export async function takeJoined(
  io: LiveIo,
  topics: LiveTopics,
  sides: TruthSides,
  stage: WireStage,
  owned: Owned & { readonly join: JoinedLog },
  batch: LogBatch,
): Promise<void> {
  const { partition, join } = owned;
  const side = batch.topic === topics.truth ? 'truth' : 'reco';
  const decoder = side === 'truth' ? io.truthDecoder! : io.decoder;
  const bad = await takeSide(join, partition, sides, side, decoder, batch);
  if (bad.length > 0) await bury(io, topics, owned, batch.topic, bad, batch.records);
  if (batch.records.length > 0) {
    owned.heardAt = io.clock();
    owned.idle = false;
    owned.ended = false;
    owned.dirty = true;
  }
  if (knowsItsModels(partition)) await joinComplete(join, partition, sides, stage, false);
  owned.next = join.next.reco;
  owned.position = join.position.reco;
  owned.end = join.end.reco;
}
