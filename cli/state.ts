import type { Command } from 'commander';
import { wrongPipeline, wrongSample } from '../operators/problem.js';
import type { Stored } from '../runtime/live/stored.js';
import { addKafkaOptions, kafkaConnection } from './kafka_options.js';
import { checkFormat } from './options.js';
import { comparedInWords, stateRow, stateTable } from './state_table.js';

type KafkaOptions = Parameters<typeof kafkaConnection>[0];

interface Options extends KafkaOptions {
  readonly topic?: string;
  readonly format?: string;
}

/** A topic's name where a folder could stand. */
const TOPIC = 'topic:';

export function addState(program: Command): void {
  const command = program
    .command('state')
    .description('show, verify or compare the checkpoints of `live`')
    .argument('<action>', 'show: the newest of each partition; verify: read all, exit 3 on damage; compare: two stores')
    .argument('[store...]', `folders of checkpoints, or ${TOPIC}NAME for checkpoint topics`)
    .option('--topic <name>', `the same as ${TOPIC}NAME at the end`)
    .option('--format <format>', 'json: print JSON in place of the table')
    .action(run);
  addKafkaOptions(command);
}

async function run(action: string, given: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  checkFormat(options.format);
  const stores = options.topic === undefined ? given : [...given, TOPIC + options.topic];
  const wanted = { show: 1, verify: 1, compare: 2 }[action];
  if (wanted === undefined) throw wrongPipeline(`state ${action}: expected show, verify or compare`);
  if (stores.length !== wanted) {
    const expected = wanted === 1 ? `a folder or ${TOPIC}NAME` : `two folders or ${TOPIC}NAME`;
    throw wrongPipeline(`state ${action}: expected ${expected}, got ${stores.length}`);
  }
  const { compareStored, newest } = await import('../runtime/live/compare_stored.js');
  const sets: Stored[][] = [];
  for (const store of stores) sets.push(await read(store, options));
  const json = options.format === 'json';
  if (action === 'compare') {
    const compared = compareStored(newest(sets[0]!), newest(sets[1]!));
    print(json ? JSON.stringify(compared) : comparedInWords(compared, stores));
    if (!compared.same) process.exitCode = 1;
    return;
  }
  const shown = action === 'show' ? newest(sets[0]!) : sets[0]!;
  print(json ? JSON.stringify(shown.map(stateRow)) : stateTable(shown));
  const bad = shown.filter(({ damage }) => damage !== null);
  if (bad.length === 0) return;
  throw wrongSample(
    `checkpoints ${stores.join()}: ${bad.length} of ${shown.length} cannot be used; ${bad[0]!.damage!.message}`,
  );
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function read(store: string, options: Options): Promise<Stored[]> {
  const { storedInFolder, storedInTopic } = await import('../runtime/live/stored.js');
  if (!store.startsWith(TOPIC)) return some(store, await storedInFolder(store));
  const { openLog } = await import('../sources/kafka/log.js');
  const log = openLog(kafkaConnection(options, process.env), {
    onRetry({ error, waitMs }) {
      process.stderr.write(`regimewatch: brokers: ${error}; trying again in ${waitMs} ms\n`);
    },
  });
  try {
    return some(store, await storedInTopic(log, store.slice(TOPIC.length)));
  } finally {
    await log.close();
  }
}

function some(store: string, stored: Stored[]): Stored[] {
  if (stored.length > 0) return stored;
  throw wrongSample(`checkpoints ${store}: there are none; give the folder of live --state, or its checkpoint topic`);
}
