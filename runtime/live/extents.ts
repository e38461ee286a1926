/** Free places of a file between places in use, rising, no two of them touching. Plain data. */
export type Extents = { at: number; size: number }[];

/** Takes the first free place of `size` bytes (first fit; Knuth, The Art of Computer Programming 1, § 2.5); else `end`. */
export function takeExtent(free: Extents, size: number, end: number): number {
  const found = free.findIndex((place) => place.size >= size);
  if (found < 0) return end;
  const place = free[found]!;
  const { at } = place;
  place.at += size;
  place.size -= size;
  if (place.size === 0) free.splice(found, 1);
  return at;
}

/** Gives a place back and joins it with its neighbours. The end of what is in use, of a file that ends at `end`. */
export function freeExtent(free: Extents, at: number, size: number, end: number): number {
  let after = free.findIndex((place) => place.at > at);
  if (after < 0) after = free.length;
  const before = free[after - 1];
  const next = free[after];
  const joined = { at, size };
  let from = after;
  let gone = 0;
  if (before !== undefined && before.at + before.size === at) {
    joined.at = before.at;
    joined.size += before.size;
    from--;
    gone++;
  }
  if (next !== undefined && next.at === at + size) {
    joined.size += next.size;
    gone++;
  }
  const last = joined.at + joined.size === end;
  free.splice(from, gone, ...(last ? [] : [joined]));
  return last ? joined.at : end;
}
