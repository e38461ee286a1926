import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canRepeat, identityKeys } from '../../runtime/identity.js';

interface Case {
  readonly names: readonly string[];
  readonly salt: readonly [number, number];
  readonly columns: Readonly<Record<string, number[]>>;
  readonly keys: readonly [number, number][];
}
const cases = JSON.parse(readFileSync(new URL('../fixtures/runtime/identity.json', import.meta.url), 'utf8')) as Case[];

const keysOf = (
  names: readonly string[],
  columns: Case['columns'],
  positions: number[],
  salt: Case['salt'] = [0, 0],
) => {
  const map = new Map(Object.entries(columns).map(([name, x]) => [name, Float64Array.from(x)]));
  const { keyLo, keyHi } = identityKeys({ names, salt }, map, Float64Array.from(positions), positions.length);
  return [...keyLo].map((lo, i) => [lo, keyHi[i]!] as const);
};

test.each(cases)('$names: MurmurHash3 of the salt and the values (test/fixtures/runtime/identity.py)', (each) => {
  const { names, salt, columns, keys } = each;
  const length = keys.length;
  expect(keysOf(names, columns, columns.position ?? Array<number>(length).fill(7), salt)).toEqual(keys);
});

describe('one column', () => {
  test('gives the bits of its value (IEEE 754), with one zero', () => {
    expect(keysOf(['event'], { event: [0, -0, 1, 2, -1.5, 2 ** 53] }, [9, 8, 7, 6, 5, 4])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0x3ff00000],
      [0, 0x40000000],
      [0, 0xbff80000],
      [0, 0x43400000],
    ]);
  });

  test('does not see the sample', () => {
    const [one, other] = [[1, 2] as const, [3, 4] as const].map((salt) => keysOf(['event'], { event: [5] }, [0], salt));
    expect(one).toEqual(other);
  });
});

test('the same positions and event numbers in two samples are two events only with position or sample in the identity', () => {
  const columns = { event: [1, 2, 3] };
  for (const [names, differ] of [
    [['position'], true],
    [['sample', 'event'], true],
    [['event', 'event'], false],
  ] as const) {
    const one = keysOf(names, columns, [0, 1, 2], [1, 1]);
    const other = keysOf(names, columns, [0, 1, 2], [1, 2]);
    for (let i = 0; i < 3; i++) expect(one[i]![0] !== other[i]![0] || one[i]![1] !== other[i]![1]).toBe(differ);
  }
});

test('the order of the columns counts, and no two of 50,000 events meet', () => {
  const [run, event] = [
    Array.from({ length: 50_000 }, (_, i) => i % 100),
    Array.from({ length: 50_000 }, (_, i) => Math.floor(i / 100)),
  ];
  const one = keysOf(['run', 'event'], { run, event }, event).map((key) => key.join());
  const other = keysOf(['event', 'run'], { run, event }, event).map((key) => key.join());
  expect(new Set(one).size).toBe(50_000);
  expect(one.filter((key, i) => key === other[i]).length).toBe(run.filter((r, i) => r === event[i]).length);
});

test('only a position cannot repeat', () => {
  expect(canRepeat(['position'])).toBe(false);
  expect(canRepeat(['event', 'position'])).toBe(false);
  expect(canRepeat(['event'])).toBe(true);
  expect(canRepeat(['sample', 'event'])).toBe(true);
});
