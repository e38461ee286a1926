import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { readStamp } from '../../../runtime/models/onnx_stamp.js';

const fixtures = new URL('../../fixtures/models/', import.meta.url);

test.each([
  ['linear', { opset: 17, external: undefined }],
  ['mlp', { opset: 17, external: undefined }],
  ['trees', { opset: 17, external: undefined }],
  ['future', { opset: 99, external: undefined }],
  ['external', { opset: 17, external: 'w' }],
])('%s', async (name, stamp) => {
  const file = new URL(`${name}.onnx`, fixtures);
  const handle = await open(file);
  expect(await readStamp(handle, readFileSync(file).length)).toEqual(stamp);
  await handle.close();
});

interface Read {
  buffer: Uint8Array;
  bytesRead: number;
}

/** A file of which only some bytes are there, at their places; it counts what is read. */
function sparse(parts: readonly [at: number, bytes: Uint8Array][]) {
  let read = 0;
  const file = {
    read: (buffer: Uint8Array, _: number, length: number, position: number): Promise<Read> => {
      buffer.fill(0);
      for (const [at, bytes] of parts)
        bytes.forEach((byte, i) => {
          const place = at + i - position;
          if (place >= 0 && place < length) buffer[place] = byte;
        });
      read += length;
      return Promise.resolve({ buffer, bytesRead: length });
    },
  };
  return { file: file as unknown as Parameters<typeof readStamp>[0], read: () => read };
}

test('weights of 2 GB are skipped, not read', async () => {
  const weights = 2 ** 31;
  const head = protobuf.Writer.create()
    .uint32((9 << 3) | 2)
    .uint32(weights)
    .finish();
  const tensor = protobuf.Writer.create()
    .uint32((5 << 3) | 2)
    .uint32(head.length + weights)
    .finish();
  const inside = tensor.length + head.length + weights;
  const graph = protobuf.Writer.create()
    .uint32((7 << 3) | 2)
    .uint32(inside)
    .finish();
  const opset = Uint8Array.of((8 << 3) | 2, 2, 2 << 3, 13);
  const end = graph.length + inside;
  const { file, read } = sparse([
    [0, Uint8Array.of(...graph, ...tensor, ...head)],
    [end, opset],
  ]);
  expect(await readStamp(file, end + opset.length)).toEqual({ opset: 13, external: undefined });
  expect(read()).toBeLessThan(1e6);
});

test.each([
  ['text', Buffer.from('no model at all')],
  ['a field beyond the end', Uint8Array.of((7 << 3) | 2, 100)],
  ['a field without a number', Uint8Array.of(0, 0)],
  ['half a number', Uint8Array.of(1 << 3, 0xff)],
])('bytes that are no ONNX file: %s', async (_, bytes) => {
  const { file } = sparse([[0, bytes]]);
  await expect(readStamp(file, bytes.length)).rejects.toThrow('is no ONNX file, or a damaged one');
});
