import { expect, test } from 'vitest';
import { hiddenSeries } from '../../../sinks/probe_report/hidden_points.js';
import { reportOf } from './reports.js';

const report = reportOf('classifier');
const rows = report.hidden.filter(({ quantity }) => quantity === 'efficiency');
const names = report.attacks.map(({ name }) => name);

test('each attack and its control, a point a regime, side by side and clear of the next regime', () => {
  const series = hiddenSeries(rows, ['all', 0, 1, 2, 3], names);
  expect(series.map(({ attack, control }) => `${attack} ${String(control)}`)).toEqual(
    names.flatMap((name) => [`${name} true`, `${name} false`]),
  );
  for (const { shifts } of series) {
    expect(shifts.map(({ x }) => Math.floor(x))).toEqual([0, 1, 2, 3, 4]);
  }
  expect(new Set(series.flatMap(({ shifts }) => shifts.map(({ x }) => x))).size).toBe(5 * 2 * names.length);
});

test('values and their ends are those of the report; what is not known has no point', () => {
  const [random, attack] = hiddenSeries(rows, ['all'], ['preserving']);
  const row = rows.find(({ attack: name, regime }) => name === 'preserving' && regime === 'all')!;
  expect(attack!.shifts[0]).toMatchObject({ y: row.shift.value, low: row.shift.value! - row.shift.error! });
  expect(random!.shifts[0]!.y).toBe(row.random.value);
  expect(attack!.times[0]!.y).toBeCloseTo(Math.abs(row.shift.value! / row.oneAtATime.value!), 14);
  const empty = reportOf('regressor').hidden.filter(({ regime }) => regime === 2);
  expect(hiddenSeries(empty, [2], ['preserving']).flatMap(({ shifts, times }) => [...shifts, ...times])).toEqual([]);
});
