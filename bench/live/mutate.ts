/** A sequence of 32-bit words that a seed determines (xorshift, Marsaglia 2003). */
export function words(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Varints that lie: 10^9, 2^62, -1, -10^9, one without an end. */
const lies = ['80a8d6b907', 'ffffffffffffffff7f', '01', 'ffa7d6b907', 'ffffffffffffffffffffff'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

/**
 * The message with one to three faults: a flipped bit, another byte, a cut, bytes put in, bytes taken out, a varint that
 * lies, or random bytes for all of it. Its first `keep` bytes stay in seven of eight cases, so that most get as far as the
 * record.
 */
export function mutate(message: Buffer, word: () => number, keep = 10): Buffer {
  let bytes = Buffer.from(message);
  const first = word() % 8 === 0 ? 0 : Math.min(keep, bytes.length);
  for (let faults = 1 + (word() % 3); faults > 0; faults--) {
    const at = first + (word() % (bytes.length - first + 1));
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const random = (): Buffer => Buffer.from(Array.from({ length: word() % 12 }, () => word() & 255));
    switch (word() % 8) {
      case 0:
      case 1:
        if (at < bytes.length) bytes[at]! ^= 1 << (word() % 8);
        break;
      case 2:
        if (at < bytes.length) bytes[at] = word() & 255;
        break;
      case 3:
        bytes = Buffer.from(before);
        break;
      case 4:
        bytes = Buffer.concat([before, random(), after]);
        break;
      case 5:
        bytes = Buffer.concat([before, after.subarray(1 + (word() % 8))]);
        break;
      case 6:
        bytes = Buffer.concat([before, lies[word() % lies.length]!, after.subarray(word() % 4)]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, first), random(), random(), random()]);
    }
  }
  return bytes;
}
