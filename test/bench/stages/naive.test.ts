import { expect, test } from 'vitest';
import { plainLoop } from '../../../bench/chain/plain_loop.js';
import { WORKLOAD } from '../../../bench/chain/workload.js';
import { naiveFormulas, naiveRegimes, naiveSummaries, type Made } from '../../../bench/stages/naive.js';

test('the stages, one after the other, do what the one loop does', () => {
  const events = 1000;
  const columns = WORKLOAD.columns.map((_, c) =>
    Float32Array.from({ length: events }, (_, i) => {
      const u = ((i + 1) * 0.6180339887498949 * (c + 1)) % 1;
      return [20 + 200 * u, 5 * u - 2.5, 6 * u - 3][c % 3]!;
    }),
  );
  const doubles = (): Float64Array => new Float64Array(events);
  const made: Made = [doubles(), doubles(), doubles(), doubles()];
  const regime = new Uint16Array(events);
  naiveFormulas(columns, events, made);
  naiveRegimes(made, events, regime);
  const { tables, fill } = naiveSummaries();
  fill(made, regime, events);
  const { counts, sums } = plainLoop(columns, events);
  expect(tables.delta).toEqual(counts.delta);
  expect(tables.mass).toEqual(counts.mass);
  const third = (x: Float64Array, first: number): Float64Array => x.filter((_, i) => i % 3 === first);
  expect([0, 1, 2].map((k) => third(tables.grid, k))).toEqual([counts.grid, sums.gridDelta, sums.gridAbsolute]);
  expect([0, 1, 2].map((k) => third(tables.regime, k))).toEqual([
    ...[counts.regime, sums.regimeDelta, sums.regimeSquare],
  ]);
});
