import { open, rename, rm } from 'node:fs/promises';
import {
  AsyncByteQueue,
  Field,
  Float64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchReader,
  Schema,
  Struct,
  Uint32,
  Uint8,
  type Data,
} from 'apache-arrow';
import { messageOf, Problem, wrongSample } from '../operators/problem.js';
import type { Rejections } from '../operators/batch.js';
import type { Pipeline } from '../schemas/pipeline.js';
import type { IdentityRange } from './duplicates.js';
import type { RemoteShard } from './crew.js';
import type { SkimChunk } from './skim.js';

/** Head of a partial file: what it is a part of. Kept as JSON under this key of the Arrow schema's metadata. */
const KEY = 'regimewatch.partial';
export const PARTIAL_FORMAT = 1;

export interface PartialHead {
  readonly format: number;
  readonly regimewatch: string;
  readonly pipeline: Pipeline;
  readonly pipelineHash: string;
  /** Events at positions from ≤ p < to of each sample; to null: to its end. `sample` of the rows counts in this list. */
  readonly samples: readonly {
    readonly path: string;
    readonly format: string;
    readonly sha256: string;
    readonly from: number;
    readonly to: number | null;
    readonly events: number;
  }[];
  readonly read: number;
  readonly used: number;
  readonly rejected: Rejections;
  readonly identities: readonly (IdentityRange | null)[];
  readonly notes: readonly string[];
}

const KEYS = ['sample', 'key_lo', 'key_hi'] as const;

/**
 * Writes the skim of a crew as an Arrow IPC file that any tool can open: a row an event with `sample`, `position`,
 * `split`, `key_lo`, `key_hi` and the kept quantities. The file appears under its name when it is complete.
 */
export async function writePartial(
  file: string,
  head: PartialHead,
  crew: readonly RemoteShard[],
  kept: readonly string[],
): Promise<void> {
  const fields = [
    ...KEYS.map((name) => new Field(name, new Uint32(), false)),
    new Field('split', new Uint8(), false),
    ...['position', ...kept].map((name) => new Field(name, new Float64(), false)),
  ];
  const schema = new Schema(fields, new Map([[KEY, JSON.stringify(head)]]));
  const temporary = `${file}.writing`;
  try {
    const handle = await open(temporary, 'w');
    const pending: Uint8Array[] = [];
    const write = (chunk: Uint8Array): void => void pending.push(chunk);
    const writer = new RecordBatchFileWriter().reset(Object.assign(new AsyncByteQueue(), { write }));
    const flush = async (): Promise<void> => {
      for (const chunk of pending.splice(0)) await handle.write(chunk);
    };
    let batches = 0;
    for (const shard of crew) {
      for (let at = 0, chunk = await shard.chunk(0); chunk !== null; chunk = await shard.chunk(++at)) {
        writer.write(recordBatch(schema, chunk, kept));
        batches++;
        await flush();
      }
    }
    if (batches === 0) writer.write(recordBatch(schema, emptyChunk(kept), kept));
    writer.finish();
    await flush();
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Problem(1, `partial ${file}: cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

const emptyChunk = (kept: readonly string[]): SkimChunk => ({
  sample: 0,
  length: 0,
  position: new Float64Array(0),
  split: new Uint8Array(0),
  keyLo: new Uint32Array(0),
  keyHi: new Uint32Array(0),
  columns: new Map(kept.map((name) => [name, new Float64Array(0)])),
});

function recordBatch(schema: Schema, chunk: SkimChunk, kept: readonly string[]): RecordBatch {
  const { length } = chunk;
  const word = (data: Uint32Array): Data => makeData({ type: new Uint32(), data });
  const double = (data: Float64Array): Data => makeData({ type: new Float64(), data });
  const children = [
    word(new Uint32Array(length).fill(chunk.sample)),
    word(chunk.keyLo),
    word(chunk.keyHi),
    makeData({ type: new Uint8(), data: chunk.split }),
    double(chunk.position),
    ...kept.map((name) => double(chunk.columns.get(name)!)),
  ];
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}

export async function readPartialHead(file: string): Promise<PartialHead> {
  const { head, close } = await openPartial(file);
  await close();
  return head;
}

/** The chunks of a partial file, one record batch at a time. */
export async function* readPartial(file: string): AsyncGenerator<SkimChunk> {
  const { reader, close } = await openPartial(file);
  try {
    for await (const batch of reader) {
      const values = (name: string): unknown => batch.getChild(name)!.data[0]!.values;
      const names = batch.schema.fields.map(({ name }) => name).slice(KEYS.length + 2);
      const sample = values('sample') as Uint32Array;
      if (batch.numRows === 0) continue;
      yield {
        sample: sample[0]!,
        length: batch.numRows,
        position: copy(values('position') as Float64Array),
        split: copy(values('split') as Uint8Array),
        keyLo: copy(values('key_lo') as Uint32Array),
        keyHi: copy(values('key_hi') as Uint32Array),
        columns: new Map(names.map((name) => [name, copy(values(name) as Float64Array)])),
      };
    }
  } catch (error) {
    throw wrongSample(`partial ${file}: ${messageOf(error)}; write it again`, error);
  } finally {
    await close();
  }
}

/** Of its own buffer, so that the whole of the record batch is not held for one column. */
const copy = <T extends Float64Array | Uint32Array | Uint8Array>(column: T): T => column.slice() as T;

async function openPartial(file: string) {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw wrongSample(`partial ${file}: ${messageOf(error)}`, error);
  });
  try {
    const reader = await RecordBatchReader.from(handle);
    await reader.open();
    const text = reader.schema.metadata.get(KEY);
    if (text === undefined) throw new Error('is no partial of regimewatch');
    const head = JSON.parse(text) as PartialHead;
    if (head.format !== PARTIAL_FORMAT)
      throw new Error(`has format ${head.format}, this version reads ${PARTIAL_FORMAT}`);
    return { reader, head, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw wrongSample(`partial ${file}: ${messageOf(error)}; give files that replay --partial wrote`, error);
  }
}
