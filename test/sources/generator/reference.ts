import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Compares an inverse CDF with a table of [u, x] that a numerical integration of the density gave. */
export function expectTable(file: string, inverse: (u: number) => number, tolerance: number): void {
  const rows = JSON.parse(readFileSync(`test/fixtures/generator/${file}`, 'utf8')) as [number, number][];
  expect(rows.length).toBeGreaterThan(10);
  for (const [u, x] of rows)
    expect(Math.abs(inverse(u) - x), `u = ${u}`).toBeLessThan(tolerance * Math.max(1, Math.abs(x)));
}
