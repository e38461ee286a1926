import { beforeAll, describe, expect, test } from 'vitest';
import type { Report, ZoneReport } from '../../../schemas/report.js';
import { reportOf } from '../../support/local_report.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();
const DECLARED = 'local_model.declared={ bias: -0.01, sigma: 0.0424 }';

describe('of a bias that grows from H_T = 100 GeV on', () => {
  let report: Report;
  let zone: ZoneReport;
  beforeAll(async () => {
    const shift = (ht: number): number => -0.001 * Math.max(0, ht - 100);
    report = await reportOf(folder, 12_000, [DECLARED], { shift });
    zone = report.dangerZones!.find(({ variable }) => variable === 'H_T')!;
  }, 120_000);

  test('the onset of bias and pull is found, with an interval', () => {
    for (const onset of [zone.raw!, zone.pull!]) {
      expect(onset.low).toBeLessThan(100);
      expect(onset.high).toBeGreaterThan(100);
      expect(onset.high - onset.low).toBeLessThan(30);
      expect(onset.significance).toBeGreaterThan(5);
      expect([onset.low <= onset.low68, onset.high68 <= onset.high]).toEqual([true, true]);
      expect(onset.n).toBe(12_000);
    }
    expect(Math.abs(zone.raw!.slope + 0.001)).toBeLessThan(3e-4);
    expect(zone.pullModel).toBe('declared');
    expect(zone.raw!.from).toBeGreaterThan(90);
  });

  test('what has no onset says why, by quantity and in one line', () => {
    expect(zone.sigma68).toBeNull();
    expect(Object.keys(zone.reasons)).toEqual(['sigma68']);
    expect(zone.reason).toBe(`sigma68: ${zone.reasons.sigma68!}`);
  });

  test('each variable has its zone, the first is the report’s', () => {
    expect(report.dangerZones!.map(({ variable }) => variable)).toEqual(['H_T', 'abs_deta']);
    expect(report.dangerZone).toEqual(zone);
  });

  test('profiles hold every event, rise along the variable, and agree with the bias of all', () => {
    const total = (n: readonly number[]): number => n.reduce((sum, each) => sum + each, 0);
    expect(zone.profiles.map(({ quantity }) => quantity)).toEqual(['raw', 'sigma68', 'pull']);
    for (const { centre, n, value, error, fit, quantity } of zone.profiles) {
      expect(total(n)).toBe(12_000);
      expect(Math.min(...n)).toBeGreaterThanOrEqual(100);
      expect(centre.every((x, i) => i === 0 || x > centre[i - 1]!)).toBe(true);
      expect(error.every((each) => each > 0)).toBe(true);
      expect(fit?.length).toBe(quantity === 'sigma68' ? undefined : value.length);
    }
    const [raw] = zone.profiles;
    const mean = total(raw!.value.map((x, i) => x * raw!.n[i]!)) / 12_000;
    const all = report.response!.find(
      ({ regime, split, stage }) => regime === 'all' && split === 'all' && stage === 'raw',
    )!;
    expect(mean).toBeCloseTo(all.bias.value!, 10);
  });
});

test('of few events: none, with the reason', async () => {
  const { dangerZone } = await reportOf(folder, 300);
  expect([dangerZone!.raw, dangerZone!.sigma68, dangerZone!.pull]).toEqual([null, null, null]);
  expect(dangerZone!.reasons.raw).toMatch(/^too few events: 300 fill \d H_T bins of at least 100, 8 are needed$/);
  expect(dangerZone!.reasons.pull).toBe('300 events, 1000 are needed');
  expect(dangerZone!.reason).toContain('bias: too few events');
});

test('of a perfect response: none, and no profile without an error', async () => {
  const { dangerZone } = await reportOf(folder, 1200, [], { width: 0 });
  expect(dangerZone!.reasons.raw).toBe('no bin has an error above 0');
  expect(dangerZone!.profiles.some(({ quantity }) => quantity === 'raw')).toBe(false);
});
