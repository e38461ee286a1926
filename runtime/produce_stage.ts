import { createHash } from 'node:crypto';
import type { Batch, Column, NumberColumn } from '../operators/batch.js';
import { hashKey } from '../operators/hash.js';
import { wrongPipeline } from '../operators/problem.js';
import { openSample } from '../sources/index.js';
import type { Source } from '../sources/source.js';
import { WIRE_KEY, WIRE_POSITION, type WireField } from '../sources/wire/types.js';
import { fingerprint, hashSample } from './hash_file.js';
import { identityKeys } from './identity.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { planPipeline } from './pipeline_plan.js';
import { bindSample, identityOf, sourceOptions, type SampleStage } from './sample_stage.js';
import { saltFor } from './samples.js';
import { windowColumns } from './window.js';
import type { Side } from './live/late_truth.js';
import type { Pipeline } from '../schemas/pipeline.js';

/** Events as messages are made of them: columns under the pipeline's names, and what names each event. */
export interface OutEvents {
  readonly length: number;
  readonly columns: ReadonlyMap<string, NumberColumn>;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  /** In the sample, rising. */
  readonly position: Float64Array;
}

/** A sample that is to be sent. */
export interface ProduceStage {
  readonly path: string;
  readonly bytes: number;
  /** Names the sample: its fingerprint. */
  readonly name: string;
  /** Names how its events are identified, and so how they are spread over partitions. */
  readonly identity: string;
  readonly read: (batchEvents: number, onBytes: (bytes: number) => void) => ReturnType<Source['read']>;
  readonly events: (batch: Batch) => OutEvents;
}

const PARTITION_SEED = 0x5eed_0003;

/** The partition of an event: the hash of its key, whatever the encoding. */
export const partitionOf = (lo: number, hi: number, partitions: number): number =>
  hashKey(PARTITION_SEED, lo, hi) % partitions;

/**
 * Binds a pipeline to a sample as `replay` does. What is sent of an event is what the pipeline reads of it, after the column
 * map, in the order of the pipeline's columns; no reconstruction is made and nothing is turned away here. Unless one column
 * of the messages names an event, the key that a replay of the sample gives it goes along, and its number. `side`: only
 * what the topic of the reconstruction, or that of the truth, has.
 */
export async function produceStage(
  { pipeline, locate }: LoadedPipeline,
  path: string,
  side: Side | null = null,
): Promise<ProduceStage> {
  const { source, bytes } = await openSample(path);
  const { format } = source;
  const options = sourceOptions(pipeline, { format });
  const info = await source.describe(path, options);
  const unsalted = { index: 0, path, format, salt: [0, 0] as const };
  const plan = planPipeline(pipeline);
  const { names } = bindSample(pipeline, plan, unsalted, info).identity;
  const salt = await saltFor(names, path, bytes, () => hashSample(path, bytes));
  const stage = bindSample(pipeline, plan, { ...unsalted, salt }, info);
  const list = stage.direct.map(([name]) => name).find((name) => pipeline.columns[name]?.list === true);
  if (list !== undefined) {
    const why = 'is a list, and messages hold one number a column';
    throw wrongPipeline(`${locate(['columns', list])}: ${why}; reduce it in sources.${format}.columns, as in sum(...)`);
  }
  const alone = names.length === 1 && stage.identityColumns.length === 1 && !stage.keys;
  const withKeys = !(alone && names.join() === identityOf(pipeline, 'kafka').join());
  const map = pipeline.sources[format as keyof typeof pipeline.sources]?.columns ?? {};
  const identity = JSON.stringify([names, salt, names.map((name) => map[name] ?? null)]);
  return {
    path,
    bytes,
    name: (await fingerprint(path, bytes)).slice(0, 16),
    identity: createHash('sha256').update(identity).digest('hex'),
    read: (batchEvents, onBytes) => source.read(path, stage.read, { ...options, batchEvents, onBytes }),
    events: outEvents(stage, columnsOf(pipeline, stage, side), withKeys),
  };
}

/** Which columns are sent: all, or those of one side where the truth has a topic of its own; both name the event. */
function columnsOf(pipeline: Pipeline, stage: SampleStage, side: Side | null): string[] {
  const all = Object.keys(pipeline.columns);
  if (side === null) return all;
  if (!pipeline.late_truth)
    throw wrongPipeline('--side: the pipeline has no late_truth; say which columns are the truth');
  const { columns } = pipeline.late_truth;
  const shared = [...stage.identityColumns, ...windowColumns(pipeline)];
  return all.filter((name) => shared.includes(name) || columns.includes(name) === (side === 'truth'));
}

function outEvents(stage: SampleStage, order: readonly string[], withKeys: boolean): (batch: Batch) => OutEvents {
  return (batch) => {
    const { length } = batch;
    const given = new Map<string, Column>(stage.direct.map(([name, inFile]) => [name, batch.columns.get(inFile)!]));
    if (stage.mapped) {
      const renamed = new Map([...batch.columns].map(([name, column]) => [stage.fileName(name), column]));
      for (const [name, x] of stage.mapped(renamed, length)) given.set(name, x.slice());
    }
    const columns = new Map<string, NumberColumn>();
    for (const name of order) {
      const column = given.get(name);
      if (column !== undefined) columns.set(name, column as NumberColumn);
    }
    const position = new Float64Array(length);
    for (let i = 0; i < length; i++) position[i] = batch.positions?.[i] ?? batch.start + i;
    const named = new Map(
      stage.identityColumns.map((name) => [name, Float64Array.from(given.get(name) as NumberColumn)]),
    );
    const [lo, hi] = (stage.keys ?? []).map((name) => Uint32Array.from(given.get(name) as NumberColumn));
    const keys = lo && hi ? { keyLo: lo, keyHi: hi } : identityKeys(stage.identity, named, position, length);
    if (withKeys) {
      columns.set(WIRE_KEY[0], Float64Array.from(keys.keyLo)).set(WIRE_KEY[1], Float64Array.from(keys.keyHi));
      columns.set(WIRE_POSITION, stage.numbers === null ? position : named.get(stage.numbers)!);
    }
    return { length, columns, ...keys, position };
  };
}

/** The narrowest type of a column that holds it. */
function typeOf(column: NumberColumn): WireField['type'] {
  if (column instanceof Float32Array) return 'float';
  return column instanceof Float64Array || column instanceof Uint32Array ? 'double' : 'int';
}

/**
 * The fields for columns, given those so far: the same ones if they do, so that a run has one schema. A source may give
 * a column in a wider type later (whole numbers, and then one that is missing): its field becomes a double for good.
 */
export function fieldsFor(
  before: readonly WireField[],
  columns: ReadonlyMap<string, NumberColumn>,
): readonly WireField[] {
  const known = new Map(before.map(({ name, type }) => [name, type]));
  const fields = [...columns].map(([name, column]): WireField => {
    const type = typeOf(column);
    return { name, type: (known.get(name) ?? type) === type ? type : 'double' };
  });
  const same = fields.length === before.length && fields.every(({ name, type }) => known.get(name) === type);
  return same ? before : fields;
}
