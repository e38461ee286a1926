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
import type { RemoteShard } from './crew.js';
import { checkMarks, parseHead, type PartialHead } from './partial_head.js';
import type { SkimChunk } from './skim.js';

/** The head is kept as JSON under this key of the Arrow schema's metadata. */
const KEY = 'regimewatch.partial';

/** In brackets, since quantities of the pipeline have any other name. */
const KEYS = ['(sample)', '(key_lo)', '(key_hi)'] as const;
/** Place of the first kept quantity among the fields: after the keys, `split` and `position`. */
const FIRST_KEPT = 5;

/**
 * Writes the skim of a crew as an Arrow IPC file that any tool can open: a row an event with `(sample)`, `(position)`,
 * `(split)`, `(key_lo)`, `(key_hi)` and the kept quantities. The file appears under its name when it is complete.
 */
export async function writePartial(
  file: string,
  head: PartialHead,
  crew: readonly RemoteShard[],
  kept: readonly string[],
): Promise<void> {
  const fields = [
    ...KEYS.map((name) => new Field(name, new Uint32(), false)),
    new Field('(split)', new Uint8(), false),
    ...['(position)', ...kept].map((name) => new Field(name, new Float64(), false)),
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
  const { reader, head, close } = await openPartial(file);
  let rows = 0;
  try {
    for await (const batch of reader) {
      if (batch.numRows === 0) continue;
      const values = batch.schema.fields.map((_, at): unknown => batch.getChildAt(at)!.data[0]!.values);
      const [sample, keyLo, keyHi, split, position, ...kept] = values as [
        ...[Uint32Array, Uint32Array, Uint32Array, Uint8Array],
        ...Float64Array[],
      ];
      const length = batch.numRows;
      rows += length;
      const names = batch.schema.fields.slice(FIRST_KEPT).map(({ name }) => name);
      yield {
        sample: sample[0]!,
        length,
        position: copy(position!, length),
        split: copy(split, length),
        keyLo: copy(keyLo, length),
        keyHi: copy(keyHi, length),
        columns: new Map(names.map((name, at) => [name, copy(kept[at]!, length)])),
      };
    }
    if (rows !== head.used) throw new Error(`holds ${rows} of its ${head.used} events`);
  } catch (error) {
    throw wrongSample(`partial ${file}: ${messageOf(error)}; write it again`, error);
  } finally {
    await close();
  }
}

/** Without Arrow's padding, and in a buffer of its own, so that a column does not hold the whole record batch. */
const copy = <T extends Float64Array | Uint32Array | Uint8Array>(column: T, length: number): T =>
  column.slice(0, length) as T;

async function openPartial(file: string) {
  const wrong = (error: unknown): Problem => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? 'no such file' : messageOf(error);
    return wrongSample(`partial ${file}: ${what}; give files that replay --partial wrote`, error);
  };
  const handle = await checkMarks(file)
    .then(() => open(file, 'r'))
    .catch((error: unknown) => {
      throw wrong(error);
    });
  try {
    const reader = await RecordBatchReader.from(handle);
    await reader.open();
    const text = reader.schema.metadata.get(KEY);
    if (text === undefined) throw new Error('is no partial of regimewatch');
    const head = parseHead(text);
    return { reader, head, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw wrong(error);
  }
}
