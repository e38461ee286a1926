import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface Table {
  readonly function: string;
  readonly arity: number;
  readonly cases: readonly string[];
}

export interface Case {
  readonly args: number[];
  readonly expected: number;
}

const view = new DataView(new ArrayBuffer(8));

function fromBits(bits: string): number {
  if (bits === 'nan') return NaN;
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}

/** The cases of test/fixtures/math/<name>.json (see reference.py there). */
export function readTable(name: string): Case[] {
  const url = new URL(`../../../fixtures/math/${name}.json`, import.meta.url);
  const table = JSON.parse(readFileSync(url, 'utf8')) as Table;
  return table.cases.map((line) => {
    const numbers = line.split(' ').map(fromBits);
    return { args: numbers.slice(0, table.arity), expected: numbers[table.arity]! };
  });
}

/** Doubles in order of size as integers: neighbours differ by 1. */
function rank(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many doubles apart a and b are; 0 for two NaNs or the same bits, infinite for a NaN or a zero of wrong sign. */
export function ulpsApart(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b) || a === b) return Infinity;
  const d = rank(a) - rank(b);
  return Number(d < 0n ? -d : d);
}

type Numeric = (...args: number[]) => number;

/** The case that is furthest off, in words, or 'none' if all are within `limit` ulp. */
export function furthest(f: Numeric, cases: readonly Case[], limit: number): string {
  let worst = limit;
  let found = 'none';
  for (const { args, expected } of cases) {
    const apart = ulpsApart(f(...args), expected);
    if (apart > worst) {
      worst = apart;
      found = `(${args.join(', ')}) gives ${f(...args)}, not ${expected}: ${apart} ulp`;
    }
  }
  return found;
}

/**
 * sha256 over the results, most significant byte first, of 10,000 evaluations at arguments that a linear congruence
 * (Numerical Recipes, ranqd1) spreads over the ranges [low, high].
 */
export function bitsOf(f: Numeric, ...ranges: readonly (readonly [number, number])[]): string {
  const results = new DataView(new ArrayBuffer(80_000));
  let state = 1;
  for (let i = 0; i < 10_000; i++) {
    const args = ranges.map(([low, high]) => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return low + ((state >>> 0) / 4294967296) * (high - low);
    });
    results.setFloat64(8 * i, f(...args));
  }
  return createHash('sha256').update(new Uint8Array(results.buffer)).digest('hex');
}
