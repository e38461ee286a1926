const DIGIT = 11;
const VALUES = 2 ** DIGIT;

/**
 * The first n rows in the order of their keys, hi · 2^32 + lo as unsigned numbers; equal keys stay in the order of the
 * rows. Radix sort by 11-bit digits from the lowest (Knuth, The Art of Computer Programming 3, § 5.2.5), without the
 * digits that all keys share. n = 0: empty.
 */
export function keyOrder(keyLo: Uint32Array, keyHi: Uint32Array, n: number): Uint32Array {
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let next = new Uint32Array(n);
  const places = new Uint32Array(VALUES);
  for (const word of n > 1 ? [keyLo, keyHi] : []) {
    for (let shift = 0; shift < 32; shift += DIGIT) {
      places.fill(0);
      for (let i = 0; i < n; i++) places[(word[i]! >>> shift) & (VALUES - 1)]!++;
      if (places[(word[0]! >>> shift) & (VALUES - 1)] === n) continue;
      let place = 0;
      for (let digit = 0; digit < VALUES; digit++) {
        const count = places[digit]!;
        places[digit] = place;
        place += count;
      }
      for (let i = 0; i < n; i++) {
        const row = order[i]!;
        next[places[(word[row]! >>> shift) & (VALUES - 1)]!++] = row;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}
