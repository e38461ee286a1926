import { expect, test } from 'vitest';
import { localityLine } from '../../../sinks/report/locality_words.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('verdict, model, events and reason, with the titles of the variables', () => {
  expect(localityLine(report, report.locality!)).toBe(
    'The response is not local (learned model, 3,000 events): pull means deviate by 10.5 sigma; the context adds +0.0017 ± 0.0004 to the bias in a bin of |Δη|.',
  );
  const agrees = { ...report.locality!, violated: false, reason: 'pull means agree' };
  expect(localityLine(report, agrees)).toBe(
    'The response is compatible with a local one (learned model, 3,000 events): pull means agree.',
  );
});
