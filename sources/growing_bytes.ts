/** Bytes that decompression makes one after the other, up to a limit. */
export interface GrowingBytes {
  /** How many there are. */
  length: number;
  readonly write: (bytes: Uint8Array, from: number, to: number) => void;
  readonly fill: (byte: number, count: number) => void;
  /** Repeats `count` of the bytes that lie `distance` back; those it writes are among them. */
  readonly repeat: (distance: number, count: number) => void;
  /** What is there cannot be repeated any more. */
  readonly forget: () => void;
  readonly bytes: () => Uint8Array<ArrayBuffer>;
}

/** No bytes yet, with room for `room` bytes at first; more than `limit` bytes throw. */
export function growingBytes(room: number, limit: number): GrowingBytes {
  let store = new Uint8Array(Math.min(room, limit));
  let begin = 0;

  function reserve(count: number): number {
    const at = output.length;
    const end = at + count;
    if (end > limit) throw new Error(`it expands to more than ${limit} bytes`);
    if (end > store.length) {
      const grown = new Uint8Array(Math.min(limit, Math.max(end, 2 * store.length)));
      grown.set(store.subarray(0, at));
      store = grown;
    }
    output.length = end;
    return at;
  }

  const output: GrowingBytes = {
    length: 0,
    write: (bytes, from, to) => {
      const at = reserve(to - from);
      if (to - from > 32) store.set(bytes.subarray(from, to), at);
      else for (let i = from; i < to; i++) store[at + i - from] = bytes[i]!;
    },
    fill: (byte, count) => {
      const at = reserve(count);
      store.fill(byte, at, at + count);
    },
    repeat: (distance, count) => {
      if (!(distance > 0 && distance <= output.length - begin)) throw new Error('a match lies before its frame');
      const at = reserve(count);
      if (distance >= count && count > 32) store.copyWithin(at, at - distance, at - distance + count);
      else for (let i = at; i < at + count; i++) store[i] = store[i - distance]!;
    },
    forget: () => {
      begin = output.length;
    },
    bytes: () => store.subarray(0, output.length),
  };
  return output;
}
