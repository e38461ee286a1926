import { expect, test } from 'vitest';
import { findings } from '../../../sinks/report/findings.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

test('locality against each model, onsets in each variable, the correction, the windows', () => {
  const starts = findings(withAnalysis(makeReport({ events: 1000 }))).map((line) => line.split(/[ :(]/, 3).join(' '));
  expect(starts).toEqual([
    'The response is',
    'The response is',
    'Onset in H_T',
    'Onset in |Δη|',
    'Correction accepted ',
    'Windows  12',
    'Change at window',
    'Quality  regime',
  ]);
});

test('a report without these sections has no such lines', () => {
  expect(findings(makeReport({ events: 1000 }))).toEqual([]);
});
