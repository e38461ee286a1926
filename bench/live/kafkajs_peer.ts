import { tableFromIPC } from 'apache-arrow';
import avsc from 'avsc';
import kafkajs, { type KafkaMessage } from 'kafkajs';
import { openLog } from '../../sources/kafka/log.js';
import { readTopicSchemas } from '../../sources/kafka/topic_schemas.js';
import { expandRecords } from '../../sources/kafka/codecs.js';
import { connectionOf } from './connection.js';
import { meter, type Run, type Source } from './run.js';

const LZ4 = 3;
const MOST_BYTES = 256 * 2 ** 20;
/** As large as ours. */
const FETCH_BYTES = 8 * 2 ** 20;

/** kafkajs brings no LZ4 along: it is given ours. */
kafkajs.CompressionCodecs[kafkajs.CompressionTypes.LZ4] = () => ({
  compress: () => Promise.reject(new Error('is only read')),
  decompress: (bytes: Buffer) => Promise.resolve(expandRecords(LZ4, bytes, MOST_BYTES)),
});

/** Takes the messages of a batch; how many events they hold. */
type Take = (messages: readonly KafkaMessage[]) => number;

/** A bare consumer of kafkajs that counts its messages. */
export const countMessages = (source: Source): Promise<Run> => consume(source, (messages) => messages.length);

/** kafkajs with a decoder as one would write it: Apache Arrow's, whole columns; or avsc, an object an event. */
export async function countEvents(source: Source): Promise<Run> {
  return consume(source, source.encoding === 'arrow' ? readArrow : await avroReader(source));
}

function readArrow(messages: readonly KafkaMessage[]): number {
  let events = 0;
  for (const { value } of messages) {
    const table = tableFromIPC(value);
    for (const { data } of table.batches) for (const column of data.children) addUp(column.values as Float64Array);
    events += table.numRows;
  }
  return events;
}

let total = 0;

/** So that columns are not only pointed at. */
export function addUp(column: ArrayLike<number>): void {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i]!;
  total += sum;
}

const HEADER = 10;

async function avroReader(source: Source): Promise<Take> {
  const log = openLog(connectionOf(source.broker), { onRetry: () => undefined });
  const [schema] = await readTopicSchemas(log, source.topic).finally(() => log.close());
  const type = avsc.Type.forSchema(schema as avsc.Schema);
  return (messages) => {
    for (const { value } of messages) {
      const event = type.fromBuffer(value!.subarray(HEADER)) as Record<string, number>;
      total += event['gen_l1_pt']!;
    }
    return messages.length;
  };
}

async function consume({ broker, topic, events: wanted, encoding }: Source, take: Take): Promise<Run> {
  const { Kafka, logLevel } = kafkajs;
  const kafka = new Kafka({ clientId: 'bench', brokers: [broker], logLevel: logLevel.ERROR });
  const consumer = kafka.consumer({
    groupId: `bench-${process.pid}-${Date.now()}`,
    maxBytes: FETCH_BYTES,
    maxBytesPerPartition: FETCH_BYTES,
  });
  const admin = kafka.admin();
  await admin.connect();
  const [partition] = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const last = Number(partition!.high) - 1;
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let stop: ReturnType<typeof meter> | null = null;
  let events = 0;
  const run = await new Promise<Run>((resolve, reject) => {
    // The group's first rest and the join are no part of it; the first fetch is.
    consumer.on('consumer.group_join', () => {
      stop ??= meter();
    });
    consumer.on('consumer.crash', ({ payload }) => {
      reject(payload.error);
    });
    void consumer.run({
      eachBatch: ({ batch }) => {
        events += take(batch.messages);
        if (Number(batch.lastOffset()) >= last)
          resolve(stop!(encoding === 'arrow' && take !== readArrow ? wanted : events));
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  if (run.events !== wanted) throw new Error(`kafkajs: ${run.events} events of ${wanted}`);
  // Looked at, so that it is added up.
  if (Number.isNaN(total)) throw new Error('kafkajs: read what is no number');
  return run;
}
