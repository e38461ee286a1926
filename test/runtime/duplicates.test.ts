import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  collectKeys,
  dropsOf,
  extendRange,
  findDuplicates,
  mayRepeat,
  type IdentityRange,
} from '../../runtime/duplicates.js';
import type { SkimChunk } from '../../runtime/skim.js';
import { chunkOf } from '../support/chunk.js';

const rangeOf = (...lists: number[][]): IdentityRange | null =>
  lists.reduce<IdentityRange | null>((range, list) => extendRange(range, chunkOf(0, list, list)), null);

/** [sample, position] of every event but the first of each identity, found one event at a time. */
function naive(chunks: readonly SkimChunk[], rank: readonly number[]): string[] {
  const events = chunks.flatMap((chunk) =>
    Array.from({ length: chunk.length }, (_, i) => ({
      key: `${chunk.keyHi[i]!}:${chunk.keyLo[i]!}`,
      sample: chunk.sample,
      position: chunk.position[i]!,
    })),
  );
  events.sort((a, b) => rank[a.sample]! - rank[b.sample]! || a.position - b.position);
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const { key, sample, position } of events) {
    if (seen.has(key)) repeated.push(`${sample}:${position}`);
    seen.add(key);
  }
  return repeated.sort();
}

const found = (lists: SkimChunk[][], parts: number, rank: readonly number[]): string[] =>
  Array.from({ length: parts }, (_, part) =>
    findDuplicates(
      lists.map((chunks) => collectKeys(chunks, part, parts)),
      rank,
    ),
  )
    .flat()
    .map(([sample, position]) => `${sample}:${position}`)
    .sort();

/** Events of two samples, cut into chunks that are spread over workers in any order. */
const spread = fc.record({
  samples: fc.tuple(
    fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 30 }),
    fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 30 }),
  ),
  size: fc.integer({ min: 1, max: 7 }),
  workers: fc.integer({ min: 1, max: 4 }),
  parts: fc.integer({ min: 1, max: 5 }),
  rank: fc.constantFrom([0, 1], [1, 0]),
  shuffle: fc.integer(),
});

test('finds what a map of every event finds, however the events are cut, spread and looked through', () => {
  fc.assert(
    fc.property(spread, ({ samples, size, workers, parts, rank, shuffle }) => {
      const chunks = samples.flatMap((events, sample) => {
        const cut: SkimChunk[] = [];
        for (let at = 0; at < events.length; at += size) {
          const piece = events.slice(at, at + size);
          cut.push(
            chunkOf(
              sample,
              piece,
              piece.map((_, i) => at + i),
            ),
          );
        }
        return cut;
      });
      const lists = Array.from({ length: workers }, (): SkimChunk[] => []);
      chunks.forEach((chunk, i) => {
        const list = lists[Math.abs((i * 7 + shuffle) % workers)]!;
        if ((i + shuffle) % 2 === 0) list.push(chunk);
        else list.unshift(chunk);
      });
      expect(found(lists, parts, rank)).toEqual(naive(chunks, rank));
    }),
    { numRuns: 300 },
  );
});

test('of the same event the one in the first sample by rank is kept, and there the first position', () => {
  const chunks = [chunkOf(0, [5, 5], [3, 1]), chunkOf(1, [5], [0])];
  expect(found([chunks], 1, [0, 1])).toEqual(['0:3', '1:0']);
  expect(found([chunks], 1, [1, 0])).toEqual(['0:1', '0:3']);
  expect(found([chunks.toReversed()], 3, [1, 0])).toEqual(['0:1', '0:3']);
});

test('drops are listed by sample, rising', () => {
  const drops = dropsOf([
    [1, 30],
    [0, 2],
    [1, 4],
    [1, 100],
  ]);
  expect(drops).toEqual({ 0: Float64Array.of(2), 1: Float64Array.of(4, 30, 100) });
});

describe('the range of the identities', () => {
  test('extends over chunks and says whether they rise', () => {
    expect(rangeOf([1, 2, 3], [4, 9])).toEqual({ first: 1, last: 9, rising: true });
    expect(rangeOf([1, 2, 3], [3, 9])).toEqual({ first: 1, last: 9, rising: false });
    expect(rangeOf([4, 2], [])).toEqual({ first: 2, last: 4, rising: false });
    expect(rangeOf([-2, -1, 0, 0.5])).toEqual({ first: -2, last: 0.5, rising: true });
    expect(rangeOf([])).toBeNull();
  });

  test('spares the search only if nothing can repeat', () => {
    const [low, high, over] = [rangeOf([1, 5]), rangeOf([6, 9]), rangeOf([5, 7])];
    expect(mayRepeat([])).toBe(false);
    expect(mayRepeat([high, low])).toBe(false);
    expect(mayRepeat([high, over])).toBe(true);
    expect(mayRepeat([low, over])).toBe(true);
    expect(mayRepeat([rangeOf([2, 1])])).toBe(true);
    expect(mayRepeat([low, null])).toBe(true);
  });

  test('never spares a search that would have found something', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }), { maxLength: 4 }), (slices) => {
        const chunks = slices.map((events, i) =>
          chunkOf(
            i,
            events,
            events.map((_, at) => at),
          ),
        );
        const rank = slices.map((_, i) => i);
        const ranges = chunks.filter(({ length }) => length > 0).map((chunk) => extendRange(null, chunk));
        if (!mayRepeat(ranges)) expect(found([chunks], 1, rank)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
