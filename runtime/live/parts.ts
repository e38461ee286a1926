import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { messageOf, Problem } from '../../operators/problem.js';
import { contentHash, decodeState, encodeState } from '../../operators/summaries/codec.js';

/** A record of ours is cut into parts of this size, below the message limit of a broker that nobody has changed. */
const PART_BYTES = 900_000;
/** More than a message can be that one of our workers wrote. */
const MOST_BYTES = 2 ** 28;

/** A part of a message: its name is the content's, so that parts of two copies of one message fit each other. */
export interface Part {
  readonly value: Buffer;
  readonly headers: Readonly<Record<'pipeline' | 'id' | 'part', string>>;
}

/** A message as parts, compressed; `pipelineHash` says whose it is. */
export function toParts(message: unknown, pipelineHash: string): Part[] {
  const bytes = deflateRawSync(encodeState(message), { level: 1 });
  const id = nameOf(bytes);
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  return Array.from({ length: count }, (_, i) => ({
    value: bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES),
    headers: { pipeline: pipelineHash, id, part: `${i}/${count}` },
  }));
}

const nameOf = (bytes: Uint8Array): string => contentHash(bytes).slice(0, 32);

/** Parts that wait for the rest of their messages. Plain data. */
export type Pending = Record<string, (Buffer | null)[]>;

/**
 * Takes a part; the message once it is whole, else null. Copies of a message may come between each other's parts. What
 * is no part of a message of this pipeline is a Problem that says where it lies.
 */
export function takePart(
  pending: Pending,
  value: Buffer | null,
  headers: ReadonlyMap<string, string>,
  pipelineHash: string,
  where: string,
): unknown {
  const [, at = '', of = ''] = /^(\d+)\/(\d+)$/.exec(headers.get('part') ?? '') ?? [];
  const [index, count] = [Number(at), Number(of)];
  const id = headers.get('id');
  if (value === null || id === undefined || at === '' || index >= count || count * PART_BYTES > MOST_BYTES) {
    throw new Problem(1, `${where}: is no record of regimewatch; give the group topics of its own`);
  }
  const whose = headers.get('pipeline') ?? '';
  if (whose !== pipelineHash) {
    throw new Problem(
      1,
      `${where}: was written by pipeline ${whose.slice(0, 12)}, this is ${pipelineHash.slice(0, 12)}; give another --group, or the pipeline it was`,
    );
  }
  const parts = (pending[id] ??= Array<Buffer | null>(count).fill(null));
  parts[index] = Buffer.from(value);
  if (parts.includes(null)) return null;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete pending[id];
  const bytes = Buffer.concat(parts as Buffer[]);
  try {
    if (nameOf(bytes) !== id) throw new Error('its content is not what its name says');
    return decodeState(inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }));
  } catch (error) {
    throw new Problem(1, `${where}: is damaged: ${messageOf(error)}`, { cause: error });
  }
}
