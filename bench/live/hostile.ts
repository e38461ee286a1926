import type { Message } from '../../sources/wire/types.js';

/** A hash of a counter (lowbias32), so that a run can be told again by its number. */
function hash(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Values that lengths and offsets are set to: the ends of their ranges, and large ones. */
const extremes = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 1_000_000_000];

function mutated(seed: Buffer, number: number): Buffer {
  const random = (i: number, below: number): number => hash(number * 64 + i) % below;
  let bytes = Buffer.from(seed);
  for (let i = 0, times = 1 + random(0, 4); i < times; i++) {
    const at = random(8 * i + 1, bytes.length);
    switch (random(8 * i + 2, 5)) {
      case 0:
        bytes[at]! ^= 1 << random(8 * i + 3, 8);
        break;
      case 1:
        bytes[at] = random(8 * i + 3, 256);
        break;
      case 2:
        if (bytes.length >= 8)
          bytes.writeUInt32LE(extremes[random(8 * i + 3, extremes.length)]!, (at & ~3) % (bytes.length - 4));
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(8 * i + 3, 9))]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(random(8 * i + 3, 9), at), bytes.subarray(at)]);
    }
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}

/** Messages number `from` to `from + count`, each one of the seeds with some of its bytes changed, cut or added. */
export function hostileMessages(seeds: readonly Buffer[], from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, i) => {
    const number = from + i;
    return { offset: number, value: mutated(seeds[number % seeds.length]!, number) };
  });
}
