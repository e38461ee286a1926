import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeState } from '../../../operators/summaries/codec.js';
import {
  decodeAt,
  decodeCheckpoint,
  demandPipeline,
  encodeCheckpoint,
  NewerFormat,
} from '../../../runtime/live/checkpoint.js';
import { checkpointOf } from '../../support/checkpoints.js';
import { problemOf } from '../../support/problem_of.js';

const fixtures = new URL('../../fixtures/live/', import.meta.url);

/** An envelope as the format says, around any body. */
function envelope(body: Uint8Array, { magic = 'RWCP', version = 1, length = body.length, crc = 0 } = {}): Buffer {
  const header = Buffer.alloc(10);
  header.write(magic, 'latin1');
  header.writeUInt16LE(version, 4);
  header.writeUInt32LE(length, 6);
  const before = Buffer.concat([header, body]);
  const check = Buffer.alloc(4);
  check.writeUInt32LE((crc32(before) ^ crc) >>> 0);
  return Buffer.concat([before, check]);
}

/** What format 1 has to be able to hold, for ever. */
const golden = checkpointOf({
  epoch: 7,
  sequence: 42,
  next: 123456,
  from: 120000,
  deadLetters: 99000,
  state: {
    events: { read: 123000, used: 122990, rejected: { 'pt outside its range': 10 }, late: 3, duplicate: 0 },
    doubles: new Float64Array([0.1, -0, NaN, Infinity, 5e-324]),
    singles: new Float32Array([1.5, -2.25]),
    counts: new Uint32Array([0, 4294967295]),
    small: new Uint8Array([1, 2, 3]),
    signed: new Int32Array([-1, 2147483647]),
    fixed: new BigInt64Array([-1n, 2n ** 62n]),
    nothing: null,
    exact: 2n ** 80n,
    text: 'Δη',
    list: [1, 2.5, 'three', { four: true }],
  },
});

describe('checkpoint', () => {
  it('is magic, version, length, CBOR and CRC-32', () => {
    const checkpoint = checkpointOf();
    expect(encodeCheckpoint(checkpoint)).toEqual(envelope(encodeState(checkpoint)));
    // The check value of CRC-32/ISO-HDLC: Williams, A Painless Guide to CRC Error Detection Algorithms (1993).
    expect(crc32('123456789')).toBe(0xcbf43926);
  });

  it('comes back, bit for bit, and so encodes to the same bytes', () => {
    const bytes = encodeCheckpoint(golden);
    const back = decodeCheckpoint(bytes, 'a file');
    expect(back).toEqual(golden);
    expect(encodeCheckpoint(back)).toEqual(bytes);
  });

  it('reads from the middle of a larger buffer and shares nothing with it', () => {
    const bytes = encodeCheckpoint(golden);
    const large = Buffer.concat([Buffer.alloc(13), bytes, Buffer.alloc(5)]);
    const back = decodeCheckpoint(large.subarray(13, 13 + bytes.length), 'a file');
    large.fill(0);
    expect(back).toEqual(golden);
    expect((back.state as { doubles: Float64Array }).doubles.buffer.byteLength).toBe(40);
  });

  it('re-reads the file of format 1', () => {
    const bytes = readFileSync(new URL('format_1.checkpoint', fixtures));
    expect(decodeCheckpoint(bytes, 'format_1.checkpoint')).toEqual(golden);
    expect(encodeCheckpoint(golden)).toEqual(bytes);
  });

  const good = encodeCheckpoint(checkpointOf());
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at]! ^= 0x10;
    return bytes;
  };
  const body = (other: object, without?: string): Buffer => {
    const content: Record<string, unknown> = { ...checkpointOf(), ...other };
    if (without !== undefined) Reflect.deleteProperty(content, without);
    return envelope(encodeState(content));
  };

  it.each([
    ['nothing', Buffer.alloc(0), /has 0 bytes, fewer than the 14/],
    ['short', good.subarray(0, 9), /has 9 bytes, fewer than the 14/],
    ['wrong magic', flipped(0), /does not begin with 'RWCP'/],
    ['version flipped', flipped(4), /do not fit its CRC/],
    ['length flipped', flipped(6), /where its header says/],
    ['torn', good.subarray(0, good.length - 1), /where its header says/],
    ['longer', Buffer.concat([good, Buffer.alloc(1)]), /where its header says/],
    ['body flipped', flipped(40), /do not fit its CRC/],
    ['CRC flipped', flipped(good.length - 1), /do not fit its CRC/],
    ['zeros after the header', Buffer.concat([good.subarray(0, 10), Buffer.alloc(good.length - 10)]), /fit its CRC/],
    [
      'newer format',
      envelope(Buffer.from([0xa0]), { version: 2 }),
      /format version 2, and this regimewatch reads up to 1/,
    ],
    ['format 0', envelope(Buffer.from([0xa0]), { version: 0 }), /format version 0, which there never was/],
    ['no CBOR', envelope(Buffer.from([0xff])), /a body that is no CBOR/],
    ['CBOR of something else', envelope(encodeState([1, 2])), /a body that is no checkpoint \(body: /],
    ['entry missing', body({}, 'next'), /no checkpoint \(next: /],
    ['no state', body({}, 'state'), /no checkpoint \(state: /],
    ['entry of a wrong kind', body({ epoch: 'one' }), /no checkpoint \(epoch: /],
    ['negative offset', body({ next: -1 }), /no checkpoint \(next: /],
    ['unknown entry', body({ more: 1 }), /no checkpoint \(body: .*more/],
    ['from beyond next', body({ next: 5, from: 6 }), /read again from 6, beyond its next offset 5/],
  ])('refuses in one line: %s', async (_, bytes, words) => {
    const problem = await problemOf(() => decodeCheckpoint(bytes, 'state/events-0'));
    expect(problem.exitCode).toBe(3);
    expect(problem.message).toMatch(/^checkpoint state\/events-0: .*; (restore|go on)/);
    expect(problem.message).toMatch(words);
    expect(problem instanceof NewerFormat).toBe(problem.message.includes('format version 2'));
  });

  it('refuses every change of a byte and every cut', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(good);
        bytes[at]! ^= change;
        expect(() => decodeCheckpoint(bytes, 'x')).toThrow(/^checkpoint x: /);
        expect(() => decodeCheckpoint(good.subarray(0, at), 'x')).toThrow(/^checkpoint x: /);
      }),
    );
  });

  it('refuses the sound checkpoint of another place or epoch', async () => {
    const at = { topic: 'events', partition: 0, epoch: 1 };
    expect(decodeAt(good, at, 'x').next).toBe(1000);
    for (const other of [{ topic: 'truth' }, { partition: 1 }, { epoch: 2 }]) {
      const { message } = await problemOf(() => decodeAt(good, { ...at, ...other }, 'x'));
      expect(message).toMatch(/^checkpoint x: holds epoch 1 of events\/0 where epoch .* belongs/);
    }
  });

  it('refuses the checkpoint of another pipeline', async () => {
    const checkpoint = checkpointOf();
    demandPipeline(checkpoint, checkpoint.pipelineHash, 'x');
    const problem = await problemOf(() => {
      demandPipeline(checkpoint, 'a'.repeat(64), 'checkpoints/0');
    });
    expect(problem.exitCode).toBe(2);
    expect(problem.message).toBe(
      'checkpoint checkpoints/0: belongs to pipeline 5f1d7c0e9a3b, and this one is aaaaaaaaaaaa; ' +
        'give another --group or --state, or go on with the pipeline that it was made with',
    );
  });
});
