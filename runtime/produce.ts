import { addRejections, type Rejections } from '../operators/batch.js';
import { Problem, wrongSample } from '../operators/problem.js';
import type { RecordWriter } from '../sinks/kafka/writer.js';
import { schemasTopic } from '../sources/kafka/topic_schemas.js';
import type { TopicWanted } from '../sources/kafka/topics.js';
import type { KafkaLog } from '../sources/kafka/types.js';
import { eventSchema } from '../sources/wire/avro/event_schema.js';
import { fingerprint } from '../sources/wire/avro/fingerprint.js';
import type { SchemaRegistry } from '../sources/wire/registry.js';
import { TOPIC_MESSAGE_BYTES, type WireField } from '../sources/wire/types.js';
import type { Side } from './live/late_truth.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { arrowMaker, avroMaker, type MessageMaker } from './produce_messages.js';
import { placesOf, readReached, sampleHeader } from './produce_resume.js';
import { sender } from './produce_sender.js';
import { fieldsFor, produceStage, type ProduceStage } from './produce_stage.js';

export interface ProduceSettings {
  readonly topic: string;
  readonly encoding: 'avro' | 'arrow';
  /** Most events of an Arrow message. */
  readonly batch: number;
  /** Of the topic; null: those it has, or 4. */
  readonly partitions: number | null;
  /** Events a second that are wanted: messages are then no larger than what comes in a second. */
  readonly pace: number | null;
  /** Send all, whatever is there. */
  readonly again: boolean;
}

export interface ProduceIo {
  readonly log: KafkaLog;
  readonly writer: RecordWriter;
  /** Makes a topic unless it is there. */
  readonly makeTopic: (wanted: TopicWanted) => Promise<void>;
  readonly registry?: Pick<SchemaRegistry, 'register'>;
  /** Raised: no more is read, what was read is sent. */
  readonly stop: AbortSignal;
  /** Called with what was handed over since its last call; reading goes on when it is done. */
  readonly onSent?: (events: number, bytesOfSample: number) => void | Promise<void>;
}

export interface Produced {
  readonly events: number;
  readonly messages: number;
  /** Of keys and values, before compression. */
  readonly bytes: number;
  readonly alreadyThere: number;
  /** Events that the samples hold and that cannot be read. */
  readonly rejected: Rejections;
  /** False: stopped before the end. */
  readonly complete: boolean;
}

const READ_EVENTS = 8192;
const PARTITIONS = 4;

/** Opens the samples. One that cannot be used, or is given twice, is a Problem (3). */
export async function produceStages(
  loaded: LoadedPipeline,
  paths: readonly string[],
  side: Side | null = null,
): Promise<ProduceStage[]> {
  const stages = await Promise.all(paths.map((path) => produceStage(loaded, path, side)));
  stages.forEach(({ name, path }, i) => {
    const first = stages.findIndex((stage) => stage.name === name);
    if (first < i) throw wrongSample(`samples ${paths[first]!} and ${path}: hold the same bytes; give each once`);
  });
  return stages;
}

/**
 * Sends the events of samples to the partitions of a topic, made if it is not there, each to that of its key, in the order of the
 * samples. Begins after the last message that a former run has left in each partition. Resolves when all that was handed
 * over is acknowledged.
 */
export async function produce(
  { pipeline: { pipeline } }: LoadedPipeline,
  samples: readonly ProduceStage[],
  { topic, encoding, batch, partitions: wanted, pace, again }: ProduceSettings,
  { log, writer, makeTopic, registry, stop, onSent }: ProduceIo,
): Promise<Produced> {
  const partitions = await partitionsOf(topic, wanted, log, makeTopic);
  const most = pace === null ? batch : Math.min(batch, Math.max(1, Math.floor(pace / partitions)));
  const readEvents = pace === null ? READ_EVENTS : Math.min(READ_EVENTS, Math.max(1, Math.floor(pace / 10)));
  const reached = again ? null : await readReached(log, topic, samples);
  const count = { events: 0, messages: 0, bytes: 0, alreadyThere: 0 };
  const rejected: Rejections = {};
  const send = sender(writer, count);

  const makerOf = async (fields: readonly WireField[], sample: string): Promise<MessageMaker> => {
    const options = { topic, partitions, fields, sample };
    if (encoding === 'arrow') return arrowMaker(most, options);
    const schema = eventSchema(pipeline, fields);
    if (registry) {
      return avroMaker(pipeline, { registryId: await registry.register(`${topic}-value`, schema) }, options);
    }
    const home = { topic: schemasTopic(topic), partitions: 1, config: { 'cleanup.policy': 'compact' } };
    await makeTopic(home);
    const key = Buffer.from(fingerprint(schema).toString('hex'));
    await writer.write([{ topic: home.topic, partition: 0, key, value: Buffer.from(JSON.stringify(schema)) }]);
    return avroMaker(pipeline, {}, options);
  };

  let fields: readonly WireField[] = [];
  for (const [number, sample] of samples.entries()) {
    let maker: MessageMaker | undefined;
    let bytes = 0;
    let shown = 0;
    for await (const batch of sample.read(readEvents, (now) => (bytes = now))) {
      addRejections(rejected, batch.rejected);
      const events = sample.events(batch);
      const { partition, left } = placesOf(events, partitions, number, reached);
      count.events += left;
      count.alreadyThere += events.length - left;
      const needed = fieldsFor(fields, events.columns);
      if (left > 0 && (maker === undefined || needed !== fields)) {
        if (maker) await send(maker.finish());
        fields = needed;
        maker = await makerOf(fields, sampleHeader(samples, number, partitions));
      }
      if (maker) await send(maker.add(events, partition));
      await onSent?.(left, bytes - shown);
      shown = bytes;
      if (stop.aborted) break;
    }
    if (maker) await send(maker.finish());
    if (stop.aborted) break;
  }
  await writer.flush();
  return { ...count, rejected, complete: !stop.aborted };
}

async function partitionsOf(
  topic: string,
  wanted: number | null,
  log: KafkaLog,
  makeTopic: ProduceIo['makeTopic'],
): Promise<number> {
  if (wanted === null) {
    const found = await log.partitions(topic).catch((error: unknown) => {
      if (error instanceof Problem && error.exitCode === 3) return null;
      throw error;
    });
    if (found !== null) return found;
  }
  const config = { 'max.message.bytes': String(TOPIC_MESSAGE_BYTES) };
  await makeTopic({ topic, partitions: wanted ?? PARTITIONS, config });
  return log.partitions(topic);
}
