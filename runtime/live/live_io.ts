import { wrongPipeline } from '../../operators/problem.js';
import { openLog } from '../../sources/kafka/log.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import type { KafkaConnection, KafkaLog, Retry } from '../../sources/kafka/types.js';
import { readTopicSchemas } from '../../sources/kafka/topic_schemas.js';
import type { AvroSchema } from '../../sources/wire/avro/schema.js';
import type { SchemaSource } from '../../sources/wire/avro/messages.js';
import { TOPIC_MESSAGE_BYTES, WIRE_LIMITS, type WireDecoder, type WireField } from '../../sources/wire/types.js';
import { openWriter, type RecordWriter } from '../../sinks/kafka/writer.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { fileCheckpoints } from './checkpoint_files.js';
import { CHECKPOINT_TOPIC_CONFIG, topicCheckpoints } from './checkpoint_topic.js';
import { knowingDecoder } from './knowing_decoder.js';
import type { LiveIo, LiveTopics } from './live_options.js';
import type { CheckpointStore } from './types.js';
import type { TruthSides } from './truth_side.js';
import { topicSchema, wantedFields } from './wire_stage.js';

export interface IoOptions {
  /** Folder for the checkpoints; else they are in topics. */
  readonly state: string | null;
  readonly schemas: readonly AvroSchema[];
  readonly registry: SchemaSource | null;
  readonly lease: () => boolean;
  readonly clock: () => number;
  readonly notice: (line: string) => void;
  readonly onRetry: (retry: Retry) => void;
  readonly signal: AbortSignal;
  /** A name that no other has. */
  readonly newId: () => string;
  readonly sides: TruthSides | null;
}

/** What a worker reads and writes with; each loop has a log of its own, since a long poll holds up its connection. */
export interface OpenIo {
  readonly events: LiveIo;
  readonly keeper: LiveIo;
  readonly models: KafkaLog;
  /** Opens a log for the reports of closed windows; who opens it closes it. */
  readonly openReports: () => KafkaLog;
  /** Opens the events' log anew, after it has stalled. */
  readonly reopen: () => void;
  readonly close: () => Promise<void>;
}

const COMPACTED = { 'cleanup.policy': 'compact' } as const;

/** Makes the group's topics where they are missing; the events' topic has to be there. Gives its partitions. */
export async function ensureTopics(
  connection: KafkaConnection,
  log: KafkaLog,
  { events, truth, checkpoints, keeper, summaries, models, reports, deadLetters }: LiveTopics,
  onRetry: (retry: Retry) => void,
  signal?: AbortSignal,
): Promise<number> {
  const partitions = await log.partitions(events);
  const ofTruth = truth === null ? partitions : await log.partitions(truth);
  if (ofTruth !== partitions) {
    throw wrongPipeline(
      `topic ${truth!}: has ${ofTruth} partitions, ${events} has ${partitions}; give both as many, with each event in the same of both`,
    );
  }
  const wanted = [
    { topic: checkpoints, partitions, config: CHECKPOINT_TOPIC_CONFIG },
    { topic: keeper, partitions: 1, config: CHECKPOINT_TOPIC_CONFIG },
    { topic: summaries, partitions: 1 },
    { topic: models, partitions: 1, config: COMPACTED },
    { topic: reports, partitions: 1, config: COMPACTED },
    { topic: deadLetters, partitions, config: { 'max.message.bytes': String(TOPIC_MESSAGE_BYTES) } },
  ];
  for (const each of wanted) await ensureTopic(connection, each, { onRetry, ...(signal && { signal }) });
  return partitions;
}

export function openIo(
  loaded: LoadedPipeline,
  connection: KafkaConnection,
  topics: LiveTopics,
  { state, schemas, registry, lease, clock, notice, onRetry, signal, newId, sides }: IoOptions,
): OpenIo {
  const persistence = { onRetry, signal };
  let log = openLog(connection, persistence);
  const events: KafkaLog = {
    // A log that was opened anew ends what the old one still waited for.
    fetch: async (positions, options) => {
      const now = log;
      try {
        return await now.fetch(positions, options);
      } catch (error) {
        if (now === log) throw error;
        return [];
      }
    },
    partitions: (topic) => log.partitions(topic),
    bounds: (topic) => log.bounds(topic),
    close: () => log.close(),
  };
  const summaries = openLog(connection, persistence);
  const models = openLog(connection, persistence);
  const records = openLog(connection, persistence);
  const writer: RecordWriter = openWriter(connection, persistence);
  const store = (topic: string): CheckpointStore =>
    state === null
      ? topicCheckpoints({ topic, log: records, writer, claimId: newId })
      : fileCheckpoints(state, { onNotice: notice });
  const decoderOf = (topic: string, needed: readonly WireField[]): WireDecoder =>
    knowingDecoder(
      { needed, schemas: [topicSchema(loaded), ...schemas], limits: WIRE_LIMITS, ...(registry ? { registry } : {}) },
      () => readTopicSchemas(records, topic),
    );
  const shared = {
    ...{ writer, lease, clock, notice },
    decoder: decoderOf(topics.events, sides?.wanted.reco ?? wantedFields(loaded)),
    truthDecoder: topics.truth === null ? null : decoderOf(topics.truth, sides!.wanted.truth),
    ...{ checkpoints: store(topics.checkpoints), keeperCheckpoints: store(topics.keeper) },
  };
  return {
    events: { ...shared, log: events },
    keeper: { ...shared, log: summaries },
    models,
    openReports: () => openLog(connection, persistence),
    reopen: () => {
      void log.close();
      log = openLog(connection, persistence);
    },
    close: async () => {
      await Promise.all([writer.close(), ...[log, summaries, models, records].map((each) => each.close())]);
    },
  };
}
