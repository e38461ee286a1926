import { expect, test } from 'vitest';
import { binLabel, contextFamilies } from '../../../sinks/prometheus/context_families.js';
import { windowReports } from '../../support/window_reports.js';

const report = windowReports({ windows: 10, driftFrom: 8 }).at(-1)!;
const rowsOf = (name: string, of = report) => contextFamilies(of).find((one) => one.name === name)?.rows;

test('a bin is named by its ends', () => {
  expect([binLabel(0, 100), binLabel(0.25, 0.5), binLabel(null, 0), binLabel(1000, null)]).toEqual([
    '0..100',
    '0.25..0.5',
    '-Inf..0',
    '1000..+Inf',
  ]);
});

test('each bin of each variable has its events, and its mean with the error', () => {
  expect(rowsOf('context_events')).toEqual(
    report.byContext.map(({ variable, low, high, n }) => [{ variable, bin: binLabel(low, high) }, n]),
  );
  expect(rowsOf('context_core_ratio')!.map(([, value]) => value)).toEqual(
    report.byContext.map(({ core }) => core.value),
  );
  expect(rowsOf('context_core_error_ratio')!.map(([, error]) => error)).toEqual(
    report.byContext.map(({ core }) => core.error),
  );
});

test('a cell of the grid with fewer than ten events has a count and no mean', () => {
  const core = { value: 0.01, error: 0.002 };
  const grid = {
    ...{ x: 'H_T', y: 'abs_deta', xEdges: [0, 100, 200], yEdges: [0, 1, 2] },
    cells: [
      { x: 0, y: 1, n: 9, core },
      { x: 1, y: 0, n: 10, core },
    ],
  };
  expect(rowsOf('grid_events', { ...report, grid })).toEqual([
    [{ x: '0..100', y: '1..2' }, 9],
    [{ x: '100..200', y: '0..1' }, 10],
  ]);
  expect(rowsOf('grid_core_ratio', { ...report, grid })).toEqual([[{ x: '100..200', y: '0..1' }, 0.01]]);
  expect(rowsOf('grid_core_error_ratio', { ...report, grid })).toEqual([[{ x: '100..200', y: '0..1' }, 0.002]]);
});

test('onsets have both ends; without a zone there is none', () => {
  const zone = { variable: 'H_T', quantity: 'corrected' as const, onset: 310, low: 300, high: 330 };
  const zones = [{ ...zone, significance: 8, reached: -0.02 }];
  const labels = { variable: 'H_T', quantity: 'corrected' };
  const values = ['danger_zone_onset', 'danger_zone_onset_low', 'danger_zone_onset_high'].map((name) =>
    rowsOf(name, { ...report, zones }),
  );
  expect(values).toEqual([[[labels, 310]], [[labels, 300]], [[labels, 330]]]);
  expect(rowsOf('danger_zone_onset', { ...report, zones: [] })).toEqual([]);
});
