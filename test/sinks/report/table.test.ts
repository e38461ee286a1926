import { expect, test } from 'vitest';
import { table } from '../../../sinks/report/table.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

/** A report whose numbers are set by hand, so that the table can be read against them. */
function handMade(truth: boolean) {
  const report = makeReport({ events: 1000, truth });
  const counts = [500, 300, 150, 50];
  report.regimes!.map.forEach((regime, k) => {
    regime.n = counts[k]!;
    regime.share = counts[k]! / 1000;
    regime.shareInterval = { low: regime.share - 0.01, high: regime.share + 0.01 };
  });
  const all = (report.response ?? []).filter(({ split }) => split === 'all');
  all.forEach((row, k) => {
    row.n = k === 0 ? 1000 : counts[k - 1]!;
    row.bias = { value: -0.0154 * (k + 1), error: 0.0006 };
    row.median = { value: 0.002, error: 0.00012 };
    row.sigma68 = k === 4 ? { value: null, error: null, reason: 'too few events' } : { value: 0.02, error: 0.001 };
  });
  return report;
}

test('with truth: share, n, bias, median and σ68 of each regime, in aligned columns', () => {
  expect(table(handMade(true)).split('\n')).toEqual([
    'Z → ll mass reconstruction',
    'samples: /somewhere/dy_mumu_13TeV.parquet (1,017 events)',
    'events: 1,017 read = 1,000 used + 15 rejected + 0 late + 2 duplicate',
    '  rejected 12: reco_l1_pt is not a number',
    '  rejected 3: gen_l1_pt < 0 GeV',
    '',
    'regime                            share      n              bias             median              σ68',
    'all     all regimes                      1,000  −0.0154 ± 0.0006  0.00200 ± 0.00012  0.0200 ± 0.0010',
    '0       low H_T, close     50.0 ± 1.0 %    500  −0.0308 ± 0.0006  0.00200 ± 0.00012  0.0200 ± 0.0010',
    '1       low H_T, wide      30.0 ± 1.0 %    300  −0.0462 ± 0.0006  0.00200 ± 0.00012  0.0200 ± 0.0010',
    '2       medium H_T, close  15.0 ± 1.0 %    150  −0.0616 ± 0.0006  0.00200 ± 0.00012  0.0200 ± 0.0010',
    '3       high H_T, close     5.0 ± 1.0 %     50  −0.0770 ± 0.0006  0.00200 ± 0.00012                —',
    '',
    'note: identity: the sample has no column event, so that events are named by their position',
    'state 9e9e9e9e9e9e9e9e, 1.23 s, 48,000 events/s',
  ]);
});

test('without truth: the peak of each regime, and the note that says why', () => {
  const lines = table(handMade(false)).split('\n');
  expect(lines[6]).toBe('regime                            share      n  peak of m_ll [GeV]');
  expect(lines.slice(7, 12).map((line) => line.slice(0, 49))).toEqual([
    '0       low H_T, close     50.0 ± 1.0 %    500   ',
    '1       low H_T, wide      30.0 ± 1.0 %    300   ',
    '2       medium H_T, close  15.0 ± 1.0 %    150   ',
    '3       high H_T, close     5.0 ± 1.0 %     50   ',
    'all     all regimes                      1,000   ',
  ]);
  expect(lines.some((line) => line.startsWith('note: response: the sample has no truth'))).toBe(true);
});

test('with nobody: no number is made up', () => {
  const report = makeReport({ events: 0 });
  const lines = table(report).split('\n');
  expect(lines[2]).toBe('events: 17 read = 0 used + 15 rejected + 0 late + 2 duplicate');
  for (const line of lines.slice(7, 12)) expect(line).toMatch(/ 0 +— +— +—$/);
});

test('what was found stands between the regimes and the notes', () => {
  const lines = table(withAnalysis(handMade(true))).split('\n');
  expect(lines[13]).toMatch(/^The response is not local \(learned model/);
  const note = lines.findIndex((line) => line.startsWith('note: '));
  expect(lines.slice(note - 2, note).map((line) => line.split(' ')[0])).toEqual(['Quality:', '']);
});
