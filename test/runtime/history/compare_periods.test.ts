import { describe, expect, test } from 'vitest';
import { comparePeriods } from '../../../runtime/history/compare_periods.js';
import type { QuantityRow } from '../../../runtime/history/comparison.js';
import type { Period } from '../../../runtime/history/quantity_rows.js';
import { windowsAfter, type WindowShape } from '../../support/windows.js';

const period = (from: number, to: number, shape: (index: number) => WindowShape = () => ({})): Period => ({
  place: { file: 'h', epoch: 1, from, to },
  windows: windowsAfter(null, from, to, shape),
});
const row = (
  rows: readonly QuantityRow[],
  regime: number,
  quantity: string,
  stage: string | null = null,
): QuantityRow => rows.find((one) => one.regime === regime && one.quantity === quantity && one.stage === stage)!;

describe('two periods', () => {
  const correction = 'c'.repeat(64);
  const a = period(0, 9, () => ({ correction }));
  const b = period(10, 14, () => ({ core: -0.012, n: [3100, 900], correction }));
  const found = comparePeriods(a, b);

  test('differ by what was changed, with the error of both', () => {
    const core = row(found.rows, 1, 'core', 'raw');
    // Errors as the windows have them: 0.03/√1000 in ten windows, 0.03/√900 in five.
    const error = Math.sqrt((0.03 * 0.03) / 1000 / 10 + (0.03 * 0.03) / 900 / 5);
    expect(core.difference.value).toBeCloseTo(-0.012, 12);
    expect(core.difference.error).toBeCloseTo(error, 12);
    expect(core.sigma).toBeCloseTo(-0.012 / error, 9);
    expect(core.holm).toBeLessThan(1e-20);
    expect(core.a).toMatchObject({ windows: 10, n: 10_000 });
    expect(row(found.rows, 0, 'core', 'raw')).toMatchObject({ sigma: 0, pValue: 1, holm: 1 });
    expect(row(found.rows, 1, 'peak').difference.value).toBeCloseTo(-0.012 * 91.2, 9);
    expect(row(found.rows, 1, 'pull').difference.value).toBeCloseTo(-0.4, 9);
  });

  test('shares are of all events, with binomial errors', () => {
    const share = row(found.rows, 1, 'share');
    expect(share.a).toMatchObject({ value: 0.25, n: 40_000 });
    expect(share.a.error).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 40_000), 12);
    expect(share.b).toMatchObject({ value: 0.225, n: 20_000 });
    expect(share.sigma).toBeLessThan(-6);
  });

  test('distributions: χ², Kolmogorov–Smirnov and the ratio see it in that regime alone', () => {
    const rows = found.distributions;
    expect(rows.map(({ regime, stage }) => [regime, stage])).toEqual([
      [0, 'raw'],
      [0, 'corrected'],
      [1, 'raw'],
      [1, 'corrected'],
    ]);
    for (const { regime, chi2, kolmogorov, ratio, n } of rows) {
      expect(chi2!.holm! < 1e-6).toBe(regime === 1);
      expect(kolmogorov!.holm! < 1e-6).toBe(regime === 1);
      expect(chi2!.ndof).toBe(ratio.length - 1);
      expect(ratio.at(0)!.low).toBeNull();
      expect(ratio.at(-1)!.high).toBeNull();
      for (let i = 1; i < ratio.length; i++) expect(ratio[i]!.low).toBe(ratio[i - 1]!.high);
      expect(n.a).toBeGreaterThan(9_000);
    }
  });

  test('all tests are counted by Holm, and what differs between the periods is told', () => {
    const p = [
      ...found.rows.map(({ pValue }) => pValue),
      ...found.distributions.flatMap(({ chi2, kolmogorov }) => [chi2?.pValue, kolmogorov?.pValue]),
    ];
    expect(found.tests).toBe(p.filter((x) => typeof x === 'number').length);
    for (const { pValue, holm } of found.rows) expect(holm!).toBeGreaterThanOrEqual(pValue!);
    expect(found.notes).toEqual([]);
    expect(found).toMatchObject({ a: { windows: 10, events: 40_000, from: 0, to: 9 }, b: { windows: 5 } });
  });
});

test('a period with drift in it, other models, an overlap: told', () => {
  const a = period(0, 9, (index) => ({ core: index < 5 ? 0 : 0.02 }));
  const b = period(5, 12, () => ({ models: 'n'.repeat(64) }));
  const { notes } = comparePeriods(a, b);
  expect(notes).toEqual([
    '2 sets of models were in effect: a regime of one need not be that of another',
    expect.stringMatching(/^the periods overlap/),
    expect.stringMatching(/^period a is not one: its windows scatter .*raw core in high H_T/),
  ]);
  const changed = comparePeriods(
    a,
    period(20, 22, () => ({ pipelineHash: 'b'.repeat(64) })),
  );
  expect(changed.notes[0]).toMatch(/^the pipelines are not the same/);
});

test('without a correction there is the raw response alone', () => {
  const { rows, distributions } = comparePeriods(period(0, 3), period(4, 6));
  expect(new Set([...rows, ...distributions].map(({ stage }) => stage))).toEqual(new Set([null, 'raw']));
});

test('what a period does not have is unknown and says why', () => {
  const a = period(0, 3);
  const bare: Period = {
    ...period(4, 6),
    windows: period(4, 6).windows.map(({ report, ...rest }) => {
      const regimes = report.regimes.map((one) => ({ ...one, core: { value: null, error: null } }));
      const bare = { ...report, regimes };
      delete bare.distributions;
      return { ...rest, report: bare };
    }),
  };
  const { rows, distributions } = comparePeriods(a, bare);
  expect(row(rows, 1, 'core', 'raw')).toMatchObject({
    ...{ sigma: null, pValue: null, holm: null },
    difference: { value: null, reason: 'period b does not have it' },
  });
  expect(distributions[0]).toMatchObject({ chi2: null, kolmogorov: null, reason: 'a window has no distributions' });
});
