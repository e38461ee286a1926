import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readColumns, writeColumns } from '../../../bench/chain/columns.js';
import { plainLoop } from '../../../bench/chain/plain_loop.js';
import { WORKLOAD } from '../../../bench/chain/workload.js';
import { reference } from './reference.js';

/** Where the one event is. */
const slotOf = (n: ArrayLike<number>): number => Array.from(n).indexOf(1);
const folder = mkdtempSync(join(tmpdir(), 'regimewatch-chain-'));
beforeAll(() => writeColumns(folder, reference.events, () => undefined));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('counts and sums of generated events are those of 50 digits', () => {
  const { counts, sums } = plainLoop(readColumns(folder, reference.events), reference.events);
  expect(Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, Array.from(n)]))).toEqual(
    reference.counts,
  );
  for (const [slot, value] of Array.from(reference.sums.gridAbsolute).entries()) {
    expect(sums.gridAbsolute[slot]).toBeCloseTo(value, 9);
  }
});

test('one event by hand: back to back, reco 10 % too high in both pT', () => {
  // m = √(2 · 50 · 40 · (cosh 0 − cos π)) = √8000; H_T 90, |Δη| 0, m_reco 98.387: slots 3 of 27, 1 of 12, 77 of 122.
  const truth = [50, 0.5, 0, 40, 0.5, Math.PI];
  const reco = [55, 0.5, 0, 44, 0.5, Math.PI];
  const { counts, sums } = plainLoop(
    [...truth, ...reco].map((x) => Float32Array.of(x)),
    1,
  );
  expect(counts.regime).toEqual(Float64Array.of(0, 0, 1, 0));
  expect(slotOf(counts.grid)).toBe(1 * 27 + 3);
  expect(slotOf(counts.mass)).toBe(77);
  expect(slotOf(counts.delta)).toBe(2 * 202 + 121);
  expect(sums.gridDelta[30]).toBeCloseTo(0.1, 6);
  expect(sums.regimeSquare[2]).toBeCloseTo(0.01, 6);
});

test('readColumns refuses more events than there are', () => {
  expect(() => readColumns(folder, reference.events + 1)).toThrow(
    `${join(folder, WORKLOAD.columns[0]!)}.f32: holds 20000 events, 20001 are asked for`,
  );
});
