import { expect, test } from 'vitest';
import { formatEstimate } from '../../../sinks/page/client/shared/format_estimate.js';
import { summary } from '../../../sinks/report/summary.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = makeReport({ events: 20000 });
const lines = summary(report);
const line = (start: string) => lines.find((text) => text.startsWith(start))!;

test('the regimes of the largest bias and the widest response are named with error and count', () => {
  const rows = report.response!.filter(({ split, regime, n }) => split === 'all' && regime !== 'all' && n >= 100);
  const biased = rows.reduce((a, b) => (Math.abs(b.bias.value!) > Math.abs(a.bias.value!) ? b : a));
  const wide = rows.reduce((a, b) => (b.sigma68.value! > a.sigma68.value! ? b : a));
  expect(line('The largest bias')).toContain(formatEstimate(biased.bias.value, biased.bias.error));
  expect(line('The largest bias')).toContain(`regime ${biased.regime} (`);
  expect(line('The widest response')).toContain(formatEstimate(wide.sigma68.value, wide.sigma68.error));
  expect(line('The widest response')).toContain(`from ${wide.n.toLocaleString('en')} events`);
});

test('a regime of few events is not named', () => {
  const few = structuredClone(report);
  const row = few.response!.find(({ split, regime }) => split === 'all' && regime === 3)!;
  row.n = 99;
  row.bias = { value: 0.9, error: 0.1 };
  expect(summary(few).join()).not.toContain('0.9 ± 0.1');
});

test('bins are compared that have enough events, and named', () => {
  const rows = report.byContext!.filter(({ variable, n }) => variable === 'H_T' && n >= 100);
  const [first, last] = [rows[0]!, rows.at(-1)!];
  expect(line('With H_T')).toContain(`from ${formatEstimate(first.sigma68.value, first.sigma68.error)} to`);
  expect(line('With H_T')).toContain(`${first.n.toLocaleString('en')} events; `);
  expect(line('With H_T')).toContain(`GeV, ${last.n.toLocaleString('en')} events)`);
});

test('the words hold for any pipeline: no variable is named that the report does not have', () => {
  const other = structuredClone(report);
  for (const one of other.context) [one.title, one.unit] = ['depth', null];
  for (const regime of other.regimes!.map) regime.label = `part ${regime.id}`;
  other.distributions.spectrum!.axis.unit = null;
  expect(summary(other).join(' ')).not.toMatch(/H_T|p_T|η|lepton|GeV/);
  expect(summary(other).join(' ')).toContain('does not by itself show that it depends on the context');
});

test('without truth there is the peak, without events nothing but that there are none', () => {
  const data = summary(makeReport({ events: 2000, truth: false }));
  expect(data.join(' ')).toContain('The reconstructed spectrum peaks at 91.020 ± 0.025 GeV, from 2,000 events.');
  expect(data.join(' ')).not.toMatch(/bias|response/);
  expect(summary(makeReport({ events: 0 }))).toEqual(['No event was used.']);
});

test('with the test of a local model its verdict takes the place of the warning', () => {
  const words = summary(withAnalysis(report)).join(' ');
  expect(words).not.toContain('does not by itself show');
  for (const part of [
    'The response is not local',
    'Onset in H_T: bias from 310',
    'Correction accepted',
    'Windows: 12',
  ]) {
    expect(words).toContain(part);
  }
});
