import type { FileHandle } from 'node:fs/promises';
import protobuf from 'protobufjs';

/** What one needs to know of an ONNX file before a runtime loads it. */
export interface OnnxStamp {
  /** Version of the standard operators; undefined: none is named, so it is no ONNX file. */
  readonly opset: number | undefined;
  /** A tensor whose weights lie in another file. */
  readonly external: string | undefined;
}

/** Field numbers of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const MODEL = { graph: 7, opset_import: 8 };
const OPSET = { domain: 1, version: 2 };
const GRAPH = { initializer: 5 };
const TENSOR = { name: 8, data_location: 14 };

/** Bytes that are looked at together; a field's head takes 20 at most. */
const WINDOW = 1 << 16;
const HEAD = 20;
/** A name that is longer is none. */
const LONGEST = 1 << 12;

const NO_ONNX = 'is no ONNX file, or a damaged one';

interface Field {
  readonly number: number;
  /** Where its bytes are; of a number: none. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * Reads heads of fields and skips their content, so that weights are not read, whatever the size of the file. Bytes that
 * are no fields are an Error.
 */
export async function readStamp(file: Pick<FileHandle, 'read'>, size: number): Promise<OnnxStamp> {
  const bytes = windowOf(file);
  let opset: number | undefined;
  let external: string | undefined;
  for await (const { number, from, to } of fields(bytes, 0, size)) {
    if (number === MODEL.opset_import) {
      let domain = '';
      let version = 0;
      for await (const field of fields(bytes, from, to)) {
        if (field.number === OPSET.domain) domain = await textOf(bytes, field);
        if (field.number === OPSET.version) version = field.value;
      }
      if (domain === '' || domain === 'ai.onnx') opset = version;
    }
    if (number === MODEL.graph) {
      for await (const tensor of fields(bytes, from, to))
        if (tensor.number === GRAPH.initializer) external ??= await externalName(bytes, tensor);
    }
  }
  return { opset, external };
}

type Bytes = (from: number, length: number) => Promise<Uint8Array>;

async function externalName(bytes: Bytes, { from, to }: Field): Promise<string | undefined> {
  let name = '';
  let external = false;
  for await (const field of fields(bytes, from, to)) {
    if (field.number === TENSOR.name) name = await textOf(bytes, field);
    if (field.number === TENSOR.data_location) external = field.value === 1;
  }
  return external ? name : undefined;
}

const textOf = async (bytes: Bytes, { from, to }: Field): Promise<string> =>
  Buffer.from(await bytes(from, Math.min(to - from, LONGEST))).toString('utf8');

async function* fields(bytes: Bytes, from: number, to: number): AsyncGenerator<Field> {
  for (let at = from; at < to;) {
    const head = protobuf.Reader.create(await bytes(at, Math.min(HEAD, to - at)));
    let field: Field;
    try {
      const tag = head.uint32();
      field = fieldOf(tag, head, at);
    } catch (error) {
      throw new Error(NO_ONNX, { cause: error });
    }
    if (field.to > to || field.number === 0) throw new Error(NO_ONNX);
    yield field;
    at = field.to;
  }
}

/** Wire types: 0 a varint, 1 eight bytes, 2 a length and so many bytes, 5 four bytes. */
function fieldOf(tag: number, head: protobuf.Reader, at: number): Field {
  const number = tag >>> 3;
  switch (tag & 7) {
    case 0: {
      const value = Number(head.int64());
      return { number, from: at + head.pos, to: at + head.pos, value };
    }
    case 1:
      return { number, from: at + head.pos, to: at + head.pos + 8, value: NaN };
    case 2: {
      const length = head.uint32();
      return { number, from: at + head.pos, to: at + head.pos + length, value: NaN };
    }
    case 5:
      return { number, from: at + head.pos, to: at + head.pos + 4, value: NaN };
    default:
      throw new Error(`wire type ${tag & 7}`);
  }
}

/** Bytes of a file, a window at a time. */
function windowOf(file: Pick<FileHandle, 'read'>): Bytes {
  const buffer = new Uint8Array(WINDOW);
  let start = 0;
  let end = 0;
  return async (from, length) => {
    if (from < start || from + length > end) {
      const { bytesRead } = await file.read(buffer, 0, WINDOW, from);
      start = from;
      end = from + bytesRead;
    }
    return buffer.subarray(from - start, Math.min(from - start + length, end - start));
  };
}
