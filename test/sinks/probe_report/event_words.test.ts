import { expect, test } from 'vitest';
import { eventLines } from '../../../sinks/probe_report/event_words.js';
import { reportOf } from './reports.js';

test('read is usable and rejected, each reason with its count', () => {
  const lines = eventLines(reportOf('classifier'));
  expect(lines[0]).toBe('40,000 events read = 39,985 usable + 15 rejected.');
  expect(lines.slice(1, 3)).toEqual(['11 rejected: lep1_pt is not a number.', '4 rejected: lep2_pt < 0 GeV.']);
  expect(lines[3]).toMatch(
    /^6,000 of the usable were probed.*4,293 of them were decided right before, 0 had no answer/,
  );
  expect(lines[4]).toContain('31 by met, 12 by jet1_pt');
});

test('a sum that does not hold is told', () => {
  const report = reportOf('regressor');
  report.events.read += 5;
  const lines = eventLines(report);
  expect(lines[0]).toContain('5 are not accounted for');
  expect(lines[1]).toContain('2 had no answer');
  expect(lines[2]).toBe('Outside the range of training: none.');
});
