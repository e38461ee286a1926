import { expect, test } from 'vitest';
import { alarmsOf, changeWords, timelineLines } from '../../../sinks/report/timeline_words.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 1000 }));
const timeline = report.timeline!;

test('windows, checks, the first alarm and the wanted run length; the change; the regimes that are not good', () => {
  expect(timelineLines(report)).toEqual([
    'Windows: 12 (5000 events, by event number), 25 checks, 2 alarms, the first at window 11 (CUSUM, mean of the core of δ in regime 1); ' +
      'without a change one false alarm is wanted in 500 windows.',
    'Change at window 10: response, δ changed inside the regimes, their shares did not. The mean of the core of δ changed by 0.00370 ± 0.00014 (26.4 sigma), ' +
      'of which mix 0.0000020 ± 0.0000020 (1.0 sigma) and response 0.00370 ± 0.00014 (26.4 sigma).',
    'Quality: regime 1 bad (low H_T, wide: as seen); regime 2 medium (medium H_T, close: as seen).',
  ]);
});

test('without an alarm no change is spoken of, without windows nothing', () => {
  const quiet = { ...timeline, checks: timeline.checks.map((check) => ({ ...check, alarms: [] })) };
  expect(timelineLines({ ...report, timeline: quiet, quality: [] })).toEqual([
    'Windows: 12 (5000 events, by event number), 25 checks, no alarm; without a change one false alarm is wanted in 500 windows.',
  ]);
  expect(timelineLines(makeReport({ events: 10 }))).toEqual([]);
});

test('alarms know their check; a change that no check found is said to be one', () => {
  expect(alarmsOf(timeline).map(({ check, raised }) => [check, raised])).toEqual([
    ['cusum', 11],
    ['page_hinkley', 12],
  ]);
  expect(changeWords({ ...timeline.change!, found: null })).toMatch(
    /^Before and after window 10, where no check found/,
  );
});
