import { expect, test } from 'vitest';
import { alertBox } from '../../../sinks/report/html_alert.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const quality = [
  { regime: 0, verdict: 'good' as const, why: 'low H_T: no change' },
  { regime: 1, verdict: 'medium' as const, why: 'wide: may be changing' },
  { regime: 2, verdict: 'bad' as const, why: 'high H_T: change of bias −0.0356 ± 0.0033 since window 10' },
];

test('the worst regime first, then what the correction takes back', () => {
  const box = alertBox({ ...report, quality });
  expect(box).toContain('class="box bad"');
  const items = pageOf(box).text('li');
  expect(items[0]).toBe('Regime 2 is bad: high HT: change of bias −0.0356 ± 0.0033 since window 10');
  expect(items[1]).toBe('Regime 1 is medium: wide: may be changing');
  expect(items.join(' ')).not.toContain('Regime 0');
  expect(items.at(-1)).toMatch(/any function of the regime could\.$/);
});

test('no box where every regime is good, unknown or not judged', () => {
  const quiet = quality.map((row, i) => ({ ...row, verdict: i === 0 ? ('null' as const) : ('good' as const) }));
  expect(alertBox({ ...report, quality: quiet })).toBe('');
  const { quality: none, ...rest } = { ...report, quality };
  expect(none).toHaveLength(3);
  expect(alertBox(rest)).toBe('');
});
