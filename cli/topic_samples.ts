import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import type { KafkaAccess } from '../sources/kafka/access.js';
import { isKafkaPath, kafkaPath } from '../sources/kafka/log_range.js';
import { addKafkaOptions, kafkaConnection, type KafkaOptions } from './kafka_options.js';
import { addWireOptions, topicName, wireAccess, type WireOptions } from './wire_options.js';

/** What the options of `addTopicOptions` give. */
export interface TopicOptions extends KafkaOptions, WireOptions {
  readonly fromTopic?: string;
  readonly fromOffsets?: string;
  readonly toOffsets?: string;
  readonly range?: string;
}

/** A Kafka topic, or a part of it, in place of files. */
export function addTopicOptions(command: Command): void {
  command
    .option('--from-topic <topic>', 'replay what a Kafka topic holds')
    .option(
      '--from-offsets <list>',
      'begin at these offsets, PARTITION:OFFSET with commas (default: the start of the log)',
    )
    .option('--to-offsets <list>', 'end before these (default: the end that the log has now)');
  addKafkaOptions(command);
  addWireOptions(command);
}

/** null where nothing is read from Kafka. */
export function kafkaAccess(options: TopicOptions, paths: readonly string[]): KafkaAccess | undefined {
  if (options.fromTopic === undefined && !paths.some(isKafkaPath)) return undefined;
  return { connection: kafkaConnection(options, process.env), ...wireAccess(options, process.env) };
}

/** The samples: those given, or one for each partition of a topic. */
export async function samplesOf(
  { fromTopic: topic, fromOffsets, toOffsets, range }: TopicOptions,
  paths: readonly string[],
  access: KafkaAccess | undefined,
): Promise<readonly string[]> {
  if (topic === undefined || access === undefined) {
    if (fromOffsets !== undefined || toOffsets !== undefined)
      throw wrongPipeline('--from-offsets, --to-offsets: are of --from-topic; give it too');
    if (paths.length === 0)
      throw wrongPipeline("missing required argument 'sample': name files, generator:N, or --from-topic TOPIC");
    return paths;
  }
  if (paths.length > 0) throw wrongPipeline(`--from-topic ${topic}: is the sample; leave out ${paths[0]!}`);
  if (range !== undefined) throw wrongPipeline('--range: is of files; give --from-offsets and --to-offsets');
  const [from, to] = [offsetsOf('--from-offsets', fromOffsets), offsetsOf('--to-offsets', toOffsets)];
  const { openStoredLog } = await import('../sources/kafka/access.js');
  const { topicRanges } = await import('../sources/kafka/topic_ranges.js');
  const log = openStoredLog(access, topicName('--from-topic', topic));
  try {
    return (await topicRanges(log, topic, from, to)).map(kafkaPath);
  } finally {
    await log.close();
  }
}

function offsetsOf(name: string, text = ''): Map<number, number> {
  const entries = text.split(',').filter((each) => each !== '');
  return new Map(
    entries.map((each) => {
      const [partition, offset] = /^(\d{1,6}):(\d{1,15})$/.exec(each)?.slice(1).map(Number) ?? [];
      if (partition !== undefined && offset !== undefined) return [partition, offset];
      throw wrongPipeline(`${name} ${each}: expected PARTITION:OFFSET, e.g. 0:100,1:250`);
    }),
  );
}
