import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import type { Produced, ProduceSettings } from '../runtime/produce.js';
import type { Compression } from '../sinks/kafka/record_batch.js';
import type { Retry } from '../sources/kafka/types.js';
import { addKafkaOptions, kafkaConnection, type KafkaOptions } from './kafka_options.js';
import { positiveNumber, wholeNumber } from './options.js';
import { pacer } from './pace.js';
import { progressLine } from './progress.js';
import { topicName, wireAccess } from './wire_options.js';

interface Options extends KafkaOptions {
  readonly topic: string;
  readonly encoding: string;
  readonly batch: string;
  readonly partitions?: string;
  readonly compression: string;
  readonly registry?: string;
  readonly pace?: string;
  readonly again?: true;
  readonly side?: string;
  readonly set: string[];
}

const ENCODINGS = ['avro', 'arrow'] as const;
const COMPRESSIONS: readonly Compression[] = ['none', 'gzip', 'lz4'];

export function addProduce(program: Command): void {
  const command = program
    .command('produce')
    .description('send stored samples to a Kafka topic; begins where it stopped')
    .argument('<pipeline>', 'pipeline file (YAML): its columns are sent')
    .argument('<sample...>', 'files of events, or generator:N')
    .requiredOption('--topic <name>', 'topic to send to, made if it is not there')
    .option('--encoding <name>', 'arrow: many events a message; avro: one', 'arrow')
    .option('--pace <rate>', 'send no faster than so many events a second')
    .option('--batch <events>', 'most events of an Arrow message', '4096')
    .option('--partitions <n>', 'of the topic (default: those it has, or 4)')
    .option('--compression <codec>', 'none, gzip or lz4', 'none')
    .option('--registry <url>', 'register the Avro schema there, and use its framing')
    .option('--side <name>', 'reco or truth: only the columns of this topic, where the pipeline has late_truth')
    .option('--again', 'send all, whatever is in the topic already')
    .action(run);
  addKafkaOptions(command);
}

async function run(pipelineFile: string, paths: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  const settings = settingsOf(options);
  const compression = oneOf('--compression', options.compression, COMPRESSIONS);
  if (options.registry !== undefined && settings.encoding === 'arrow')
    throw wrongPipeline('--registry: is for Avro; Arrow messages bring their schema along; give --encoding avro');
  const connection = kafkaConnection(options, process.env);
  const loaded = await loadPipeline(pipelineFile, options.set);
  const { produce, produceStages } = await import('../runtime/produce.js');
  const { givingUp, openStoredLog } = await import('../sources/kafka/access.js');
  const { ensureTopic } = await import('../sources/kafka/topics.js');
  const { openWriter } = await import('../sinks/kafka/writer.js');
  const { schemaRegistry } = await import('../sources/wire/registry.js');
  const { registry } = wireAccess(
    { ...(options.registry === undefined ? {} : { registry: options.registry }) },
    process.env,
  );

  const side = options.side === undefined ? null : oneOf('--side', options.side, ['reco', 'truth'] as const);
  const stages = await produceStages(loaded, paths, side);
  const line = progressLine(stages.reduce((sum, { bytes }) => sum + bytes, 0));
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  // Of a second signal the process ends at once: what is missing is sent by the next run.
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const pace = settings.pace === null ? undefined : pacer(settings.pace, stop.signal);
  const log = openStoredLog({ connection }, settings.topic);
  const writer = openWriter(connection, { onRetry: showRetry, compression });
  try {
    const produced = await produce(loaded, stages, settings, {
      log,
      writer,
      makeTopic: (wanted) => ensureTopic(connection, wanted, givingUp),
      ...(registry ? { registry: schemaRegistry(registry.url, registry) } : {}),
      stop: stop.signal,
      onSent: (events, bytes) => {
        line.add(events, bytes);
        return pace?.(events);
      },
    });
    line.clear();
    process.stdout.write(`${inWords(settings.topic, produced)}\n`);
  } finally {
    line.clear();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await Promise.all([log.close(), writer.close()]);
  }
}

function settingsOf({ topic, encoding, batch, partitions, pace, again }: Options): ProduceSettings {
  return {
    topic: topicName('--topic', topic),
    encoding: oneOf('--encoding', encoding, ENCODINGS),
    batch: wholeNumber('--batch', batch, 1, 16_384),
    partitions: partitions === undefined ? null : wholeNumber('--partitions', partitions, 1, 10_000),
    pace: pace === undefined ? null : positiveNumber('--pace', pace),
    again: again ?? false,
  };
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text);
  if (found !== undefined) return found;
  throw wrongPipeline(`${name} ${text}: expected ${known.join(' or ')}`);
}

const showRetry = ({ what, attempt, waitMs, error }: Retry): void => {
  process.stderr.write(`Kafka: ${what}: ${error}; attempt ${attempt + 1} in ${waitMs} ms\n`);
};

function inWords(topic: string, { events, messages, bytes, alreadyThere, rejected, complete }: Produced): string {
  const unread = Object.entries(rejected).map(([reason, n]) => `${reason}: ${n}`);
  return [
    `topic ${topic}: ${events} events in ${messages} messages, ${bytes} bytes`,
    `${alreadyThere} already there`,
    ...(unread.length > 0 ? [`not readable in the samples: ${unread.join(', ')}`] : []),
    ...(complete ? [] : ['stopped before the end: run it again to go on']),
  ].join('; ');
}
