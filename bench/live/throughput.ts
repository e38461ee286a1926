import { child, regimewatch } from './children.js';
import { median } from './statistics.js';
import type { Run, Source } from './run.js';
import type { Worker } from './worker.js';

export interface Log {
  readonly name: string;
  readonly encoding: Source['encoding'];
  readonly compression: 'none' | 'lz4';
  readonly events: number;
}

export interface Row {
  readonly log: string;
  readonly program: string;
  readonly 'events / CPU s': number;
  readonly 'events / s': number;
  readonly 'ratio to bare kafkajs': number;
  readonly 'ratio to kafkajs + decoder': number;
  readonly 'peak MB': number;
}

const BATCH = 8192;

/** Puts the events of a sample into a topic of one partition. */
export async function fillTopic(source: Source, sample: string, compression: Log['compression']): Promise<void> {
  const { pipeline, broker, topic, encoding, set } = source;
  await regimewatch(
    ...['produce', pipeline, sample, '--brokers', broker, '--topic', topic, '--partitions', '1'],
    ...['--encoding', encoding, '--batch', String(BATCH), '--compression', compression],
    ...set.flatMap((each) => ['--set', each]),
  );
}

/** Programs in turns, each a process of its own; medians of the rates, and of their ratios to the first ones of the same turn. */
export async function throughput(log: string, source: Source, turns: number): Promise<{ rows: Row[]; models: string }> {
  const runs = new Map<string, Run[]>();
  const add = (name: string, run: Run): void => void runs.set(name, [...(runs.get(name) ?? []), run]);
  let models = '';
  for (let turn = 0; turn < turns; turn++) {
    add('bare kafkajs, counts messages', await child<Run>('count', source));
    add(`kafkajs + ${source.encoding === 'arrow' ? 'apache-arrow' : 'avsc'}`, await child<Run>('decode', source));
    add('our log + decoder', await child<Run>('log', source));
    models = `bench-${source.topic}-${turn}`;
    const worker = await child<Worker>('worker', { ...source, models });
    add('live, learning included', worker);
    add('live, once it has its models', worker.steady);
    add('our loop without group and keeper', await child<Run>('engine', { ...source, models }));
  }
  const [bare, decoded] = [...runs.values()] as [Run[], Run[]];
  const rows = [...runs].map(([program, own]): Row => {
    const ratio = (to: readonly Run[]): number =>
      round(median(own.map((run, turn) => rate(run) / rate(to[turn]!))), 1000);
    return {
      ...{ log, program },
      'events / CPU s': Math.round(median(own.map(rate))),
      'events / s': Math.round(median(own.map(({ events, wallSeconds }) => events / wallSeconds))),
      'ratio to bare kafkajs': ratio(bare),
      'ratio to kafkajs + decoder': ratio(decoded),
      'peak MB': Math.round(median(own.map(({ megabytes }) => megabytes))),
    };
  });
  return { rows, models };
}

const rate = ({ events, cpuSeconds }: Run): number => events / cpuSeconds;
const round = (x: number, parts: number): number => Math.round(x * parts) / parts;
