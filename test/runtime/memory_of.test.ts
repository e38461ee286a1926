import { describe, expect, test } from 'vitest';
import { memoryOf, memoryWords } from '../../runtime/memory_of.js';

describe('the memory in units of so many windows', () => {
  test.each([
    ['cumulative', 1, { kind: 'cumulative' }],
    ['cumulative', 3, { kind: 'cumulative' }],
    [{ sliding: 4 }, 1, { kind: 'sliding', windows: 4 }],
    [{ sliding: 4 }, 2, { kind: 'sliding', windows: 2 }],
    [{ sliding: 5 }, 2, { kind: 'sliding', windows: 3 }],
    [{ sliding: 1 }, 8, { kind: 'sliding', windows: 1 }],
    [{ half_life: 3 }, 1, { kind: 'half_life', windows: 3 }],
    [{ half_life: 3 }, 2, { kind: 'half_life', windows: 1.5 }],
    [{ half_life: 0.5 }, 2, { kind: 'half_life', windows: 0.25 }],
  ] as const)('%j in units of %d', (memory, unit, wanted) => {
    expect(memoryOf(memory, unit)).toEqual(wanted);
    if (unit === 1) expect(memoryOf(memory)).toEqual(wanted);
  });
});

test.each([
  ['cumulative', 'all windows so far'],
  [{ sliding: 1 }, 'the last window'],
  [{ sliding: 4 }, 'the last 4 windows'],
  [{ half_life: 2.5 }, 'all windows, with a weight that halves every 2.5 of them'],
] as const)('%j in words', (memory, words) => {
  expect(memoryWords(memory)).toBe(words);
});
