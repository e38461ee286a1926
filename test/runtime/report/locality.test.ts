import { beforeAll, describe, expect, test } from 'vitest';
import { reportSchema, type Report } from '../../../schemas/report.js';
import { reportOf } from '../../support/local_report.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();
const OPTIONS = ['local_model.declared={ bias: -0.01, sigma: 0.0424 }', 'local_model.knots={ pt: 6, abs_eta: 2 }'];

describe('of a local response', () => {
  let report: Report;
  let locality: NonNullable<Report['locality']>;
  beforeAll(async () => {
    report = await reportOf(folder, 6000, OPTIONS);
    locality = report.locality!;
  }, 120_000);

  test('is as the schema says, and no violation', () => {
    expect(reportSchema.parse(report)).toEqual(report);
    expect(locality).toMatchObject({ model: 'learned', violated: false, level: 0.01, tolerance: 0.001 });
    expect(locality.reason).toMatch(/^pull means agree with a local response \(\d\.\d sigma, level 0.01\)$/);
    expect(locality.alternatives[0]).toMatchObject({ model: 'declared', violated: false });
  });

  test.each(['learned', 'declared'] as const)('every event is in one bin of each family: %s', (model) => {
    const section = model === 'learned' ? locality : locality.alternatives[0]!;
    const sum = (rows: readonly { n: number }[]): number => rows.reduce((total, { n }) => total + n, 0);
    expect(section.regimes.map(({ regime }) => regime)).toEqual(report.regimes!.map.map(({ id }) => id));
    expect(sum(section.regimes)).toBe(6000);
    for (const variable of ['H_T', 'abs_deta']) {
      expect(sum(section.byContext.filter((row) => row.variable === variable))).toBe(6000);
    }
    expect(section.tests.map(({ name }) => name)).toEqual(['H_T', 'abs_deta', 'regime']);
  });

  test('bins have the edges of the report, and an end without events is left out', () => {
    const rows = locality.byContext.filter(({ variable }) => variable === 'H_T');
    expect(rows.map(({ low, high }) => [low, high])).toEqual([
      [0, 50],
      [50, 100],
      [100, 200],
    ]);
  });

  test('widths are near 1, and what is expected is what is seen', () => {
    for (const { n, pullWidth, expectedWidth, width } of [...locality.regimes, ...locality.byContext]) {
      if (n < 50) continue;
      expect(Math.abs(pullWidth.value! - 1)).toBeLessThan(5 * pullWidth.error!);
      expect(Math.abs(width! / expectedWidth! - 1)).toBeLessThan(0.1);
      // The sample was made with 0.03; winsorised at 3 σ.
      expect(Math.abs(width! / 0.03 - 1)).toBeLessThan(0.1);
    }
    expect(locality.alternatives[0]!.regimes.every(({ expectedWidth }) => expectedWidth === null)).toBe(true);
  });

  test('p-values of bins are corrected for their number, and pulls of the context stand beside the response', () => {
    const rows = [...locality.regimes, ...locality.byContext];
    expect(rows.every(({ pValue }) => pValue === null || (pValue >= 0 && pValue <= 1))).toBe(true);
    const first = report.byContext!.find(({ variable, low }) => variable === 'H_T' && low === 50)!;
    const same = locality.byContext.find(({ variable, low }) => variable === 'H_T' && low === 50)!;
    expect([first.pullMean, first.pullWidth]).toEqual([same.pullMean, same.pullWidth]);
  });

  test('says where it is weak', () => {
    // 6,000 events of 3 % do not show a bias of 0.001 in a bin of a few hundred.
    expect(locality.weak.join('; ')).toMatch(/H_T: \d of \d bins have too few events to see the tolerance of 0\.001/);
  });
});

test('of a context variable that is nearly local little is left to see', async () => {
  const { locality } = await reportOf(folder, 4000, ['context.H_T.formula=gen_pt1 + 0.01 * gen_pt2', 'objects.1=none']);
  const retained = locality!.tests.find(({ name }) => name === 'H_T')!.retained!;
  expect(retained).toBeLessThan(0.25);
  expect(locality!.weak[0]).toContain(
    `H_T: of a bias that grows evenly with it ${(100 * retained).toFixed(1)} % is left`,
  );
});

test('of a response that depends on the context: violated, with its size', async () => {
  const shift = (ht: number): number => (ht > 120 ? -0.02 : 0);
  const { locality } = await reportOf(folder, 12_000, OPTIONS, { shift });
  expect(locality).toMatchObject({ violated: true, significant: true, relevant: true });
  const declared = locality!.alternatives[0]!;
  expect(declared.violated).toBe(true);
  // The model that was fitted has taken a part of it up.
  expect(declared.sigma).toBeGreaterThan(locality!.sigma!);
  expect(locality!.sigma).toBeGreaterThan(5);
  expect(locality!.reason).toMatch(/^pull means deviate by \d+\.\d sigma; the context adds [−+]0\.\d{4} ± 0\.\d{4}/);
});
