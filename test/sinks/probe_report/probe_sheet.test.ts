import { expect, test } from 'vitest';
import { probeSheet } from '../../../sinks/probe_report/probe_sheet.js';
import { drawnOf } from '../report/drawn.js';
import { reportOf } from './reports.js';

test('a figure that stands alone names sample, events that were answered, model and pipeline', () => {
  const options = { name: 'toy', title: 'Toy', description: 'A toy.', height: 100, parts: [] };
  const { words } = drawnOf(probeSheet(reportOf('regressor'), options));
  expect(words).toEqual(['Toy', 'dilepton.parquet · 3,000 events', 'toy-mass · dilepton · regimewatch 0.1.0']);
});
