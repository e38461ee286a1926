import { beforeAll, describe, expect, test } from 'vitest';
import { reportSchema, type Report } from '../../../schemas/report.js';
import { reportOf } from '../../support/local_report.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();

describe('of a bias that depends on the context', () => {
  let report: Report;
  let correction: NonNullable<Report['correction']>;
  beforeAll(async () => {
    const shift = (ht: number): number => 0.01 - 0.0004 * Math.max(0, ht - 60);
    report = await reportOf(folder, 12_000, ['spectrum={ reco: sum_reco, truth: sum_truth, bins: [40, 40, 200] }'], {
      shift,
    });
    correction = report.correction!;
  }, 120_000);

  test('it is accepted and takes most of it away, as the schema says', () => {
    expect(reportSchema.parse(report)).toEqual(report);
    expect(correction).toMatchObject({ accepted: true, layer: 'smooth', split: 'test', target: 'core', counted: true });
    const { before, after } = correction;
    expect(Math.abs(after.bias.value!)).toBeLessThan(0.3 * Math.abs(before.bias.value!));
    expect(Math.abs(after.bias.value!)).toBeLessThan(4 * after.bias.error!);
    expect(after.sigma68.value).toBeLessThan(before.sigma68.value!);
  });

  test('is quoted on the same test events before and after', () => {
    const test = report.response!.filter(({ split, regime }) => split === 'test' && regime === 'all');
    expect(test.map(({ stage }) => stage).sort()).toEqual(['corrected', 'raw']);
    const [raw, corrected] = ['raw', 'corrected'].map((stage) => test.find((row) => row.stage === stage)!);
    expect(correction.before.n).toBe(raw!.n);
    expect(correction.after.n).toBe(raw!.n);
    // Raw and corrected rows of the response are those of the correction, here where every event counts 1.
    expect(correction.before.bias).toEqual(raw!.bias);
    expect(correction.after.bias).toEqual(corrected!.bias);
    expect(correction.before.median.value).toBeCloseTo(raw!.median.value!, 4);
    expect(correction.training + correction.validation + raw!.n).toBe(12_000);
  });

  test('by regime and by bin of the context all test events are there', () => {
    const sum = (rows: readonly { n: number }[]): number => rows.reduce((total, { n }) => total + n, 0);
    expect(sum(correction.regimes)).toBe(correction.before.n);
    expect(correction.regimes.map(({ regime }) => regime)).toEqual(report.regimes!.map.map(({ id }) => id));
    for (const variable of ['H_T', 'abs_deta']) {
      expect(sum(correction.byContext.filter((row) => row.variable === variable))).toBe(correction.before.n);
    }
    expect(correction.regimes.every(({ worse }) => !worse)).toBe(true);
  });

  test('the bound: no function of the regime takes more than there is, and the share is of it', () => {
    const [regimes, cells] = correction.bound.bias;
    expect([regimes!.over, cells!.over]).toEqual(['regimes', 'bins of the context']);
    for (const { removableRms, leftRms, share, events } of correction.bound.bias) {
      expect(events).toBeGreaterThan(0);
      expect(leftRms.value).toBeLessThan(removableRms.value!);
      expect(share.value).toBeGreaterThan(0.6);
      // Noise is taken off before and after, so that an estimate may pass 1 within its error.
      expect(share.value).toBeLessThanOrEqual(1 + 3 * share.error!);
    }
  });

  test('spectra before and after, against the truth', () => {
    const all = correction.distances.filter(({ regime }) => regime === 'all');
    expect(all.map(({ stage }) => stage)).toEqual(['raw', 'corrected']);
    const series = correction.spectra.find(({ regime }) => regime === 'all')!.series;
    expect(series.map(({ name }) => name)).toEqual(['truth', 'raw', 'corrected']);
    expect(correction.peaks.filter(({ regime }) => regime === 'all').map((peak) => peak.series)).toEqual([
      'truth',
      'raw',
      'corrected',
    ]);
  });
});

test('of a response without bias it is refused, and nothing changes', async () => {
  const { correction } = await reportOf(folder, 6000, [], { shift: () => 0.01 });
  expect(correction).toMatchObject({ accepted: false, layer: 'identity' });
  expect(correction!.after).toEqual(correction!.before);
  expect(correction!.regimes.every(({ applied, worse }) => applied.value === 0 && !worse)).toBe(true);
  expect(correction!.reason).not.toBe('');
  expect([correction!.peaks, correction!.spectra, correction!.distances]).toEqual([[], [], []]);
});

test('weighted events: the response by split is weighted, the correction itself is judged by counts', async () => {
  const report = await reportOf(folder, 4000, ['weight=1 + gen_pt1 / 50']);
  const row = report.response!.find(({ stage, regime }) => stage === 'corrected' && regime === 'all')!;
  expect(row.effectiveN).toBeLessThan(row.n);
  expect(row.n).toBe(report.correction!.after.n);
  expect(row.bias).not.toEqual(report.correction!.after.bias);
});

test('none is asked for: none is reported', async () => {
  const report = await reportOf(folder, 1200, ['correction="none"']);
  expect(report.correction).toBeUndefined();
  expect(report.response!.every(({ stage }) => stage === 'raw')).toBe(true);
  expect(report.locality).toBeDefined();
});
