import { filterChunk, type SkimChunk } from '../skim.js';

/** The rows whose events are among those kept, each as often as there. */
export function amongRows(rows: SkimChunk, kept: SkimChunk): SkimChunk {
  const keyOf = ({ keyLo, keyHi }: SkimChunk, i: number): string => `${keyHi[i]!}:${keyLo[i]!}`;
  const left = new Map(Array.from({ length: rows.length }, (_, i) => [keyOf(rows, i), 0]));
  for (let i = 0; i < kept.length; i++) {
    const key = keyOf(kept, i);
    const n = left.get(key);
    if (n !== undefined) left.set(key, n + 1);
  }
  return filterChunk(
    rows,
    Uint8Array.from({ length: rows.length }, (_, i) => {
      const key = keyOf(rows, i);
      const n = left.get(key)!;
      left.set(key, n - 1);
      return Number(n > 0);
    }),
  );
}
