import { loadPipeline } from '../../runtime/pipeline_file.js';
import { wantedFields } from '../../runtime/live/wire_stage.js';
import { openLog } from '../../sources/kafka/log.js';
import { readTopicSchemas } from '../../sources/kafka/topic_schemas.js';
import { wireDecoder } from '../../sources/wire/decoder.js';
import { WIRE_LIMITS } from '../../sources/wire/types.js';
import { connectionOf } from './connection.js';
import { addUp } from './kafkajs_peer.js';
import { meter, type Run, type Source } from './run.js';

const FETCH = { maxBytes: 8 * 2 ** 20, waitMs: 200 };

/** Our reading alone: the log, and messages into columns, which are added up as the peer's are. */
export async function logAndDecoder({ broker, topic, pipeline, set }: Source): Promise<Run> {
  const loaded = await loadPipeline(pipeline, [...set]);
  const log = openLog(connectionOf(broker), { onRetry: () => undefined });
  const schemas = await readTopicSchemas(log, topic);
  const decoder = wireDecoder({ needed: wantedFields(loaded), schemas, limits: WIRE_LIMITS });
  const [bounds] = await log.bounds(topic);
  const stop = meter();
  let events = 0;
  for (let offset = bounds!.start; offset < bounds!.end;) {
    for (const { records, next } of await log.fetch([{ topic, partition: 0, offset }], FETCH)) {
      const { batches, bad } = await decoder.decode(records);
      if (bad.length > 0) throw new Error(bad[0]!.reason);
      for (const { length, columns } of batches) {
        events += length;
        for (const column of columns.values()) addUp(column);
      }
      offset = next;
    }
  }
  const run = stop(events);
  await log.close();
  return run;
}
