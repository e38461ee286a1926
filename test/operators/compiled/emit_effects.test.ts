import { describe, expect, it } from 'vitest';
import { emit } from '../../../operators/compiled/emit.js';
import { rowBytes } from '../../../operators/compiled/emit_effects.js';
import { column, lookup, noProgram, number, operation } from '../../../operators/compiled/lanes.js';
import { instantiate } from '../../../operators/compiled/run.js';
import { laneValues } from './lane_values.js';

describe('additions', () => {
  it('reach the row of every event, two of one row in one turn too, and none beyond the last event', () => {
    const p = noProgram();
    const [slot, x] = [column(p, 0), column(p, 1)];
    p.effects.push({ kind: 'add', rows: 3, slot, parts: [] });
    p.effects.push({ kind: 'add', rows: 3, slot, parts: [number(p, 1), x, operation(p, 'mul', x, x)] });
    const { run, added, held } = instantiate(emit(p, ['u16', 'f32'], []), ['u16', 'f32'], 0, p);
    run([Uint16Array.of(1, 1, 0, 2, 1), Float32Array.of(2, 3, 5, 7, 11)], 5);
    run([Uint16Array.of(0), Float32Array.of(1)], 1);
    const [counts, sums] = added();
    expect([...counts!.rows]).toEqual([2, 3, 1]);
    expect(sums!.stride).toBe(rowBytes(3) / 8);
    expect([...sums!.rows]).toEqual([2, 6, 26, 0, 3, 16, 134, 0, 1, 7, 49, 0]);
    expect(held()).toBe(true);
  });

  it('put a row that there is not where nobody reads', () => {
    const p = noProgram();
    p.effects.push({ kind: 'add', rows: 2, slot: column(p, 0), parts: [] });
    p.effects.push({ kind: 'add', rows: 2, slot: number(p, 1), parts: [] });
    const { run, added } = instantiate(emit(p, ['f64'], []), ['f64'], 0, p);
    run([Float64Array.of(0, 2, 1e9, Infinity)], 4);
    expect(added().map(({ rows }) => [...rows])).toEqual([
      [1, 0],
      [0, 4],
    ]);
  });
});

it('demands hold or do not, for the last of an odd number as for the others', () => {
  const p = noProgram();
  p.effects.push({ kind: 'demand', holds: operation(p, 'lt', column(p, 0), number(p, 10)) });
  const { run, held } = instantiate(emit(p, ['f64'], []), ['f64'], 0, p);
  const holds = [[1, 2, 3], [1, 2, 10], [10, 2, 3], [NaN], [9], []].map((x) => {
    run([Float64Array.from(x)], x.length);
    return held();
  });
  expect(holds).toEqual([true, false, false, false, true, true]);
});

it('looks up numbers of a table, also of numbers looked up', () => {
  const table = Int32Array.of(3, 0, 2, 1, -5);
  const found = laneValues(
    (p, [i]) => [lookup(p, table, i!), lookup(p, table, lookup(p, table, i!))],
    [Float64Array.of(0, 1, 2, 3, 0)],
  );
  expect(found).toEqual([
    [3, 0, 2, 1, 3],
    [1, 3, 2, 0, 1],
  ]);
});

it('reads groups of one and of two bytes', () => {
  const [small, large] = laneValues(
    (_, lanes) => lanes,
    [Uint8Array.of(0, 7, 255), Uint16Array.of(65535, 256, 1)],
    ['u8', 'u16'],
  );
  expect([small, large]).toEqual([
    [0, 7, 255],
    [65535, 256, 1],
  ]);
});
