import { describe, expect, it } from 'vitest';
import { dangerZone, type DangerZone, type DangerZoneOptions } from '../../../operators/locality/danger_zone.js';
import { grown, profileOf, toy, type Truth } from './toys.js';

const options: DangerZoneOptions = { tolerance: 0.005, level: 0.01, seed: 1, replicates: 400 };
const width = (x: number): number => 0.07 + 0.03 * Math.min(2, Math.max(0, (x - 100) / 1000));
/** 2 % at twice the onset, until 1200 GeV, on a bias from radiation that does not depend on H_T. */
const bias = (onset: number, size = 0.02): Truth => ({
  mean: (x) => -0.016 - (size / 300) * grown(x, onset),
  sd: width,
});
/** The same seen through a resolution that grows from 0.03 to 0.08. */
const pull: Truth = {
  mean: (x) => (-0.02 / 300) * (grown(x, 300) / (0.03 + 0.05 * Math.min(1, Math.max(0, (x - 100) / 900)))),
  sd: () => 1.2,
};

const found = (truth: Truth, events: number, sample: number, more?: Partial<DangerZoneOptions>): DangerZone => {
  const zone = dangerZone(toy(truth, events, sample), { ...options, ...more });
  if ('reason' in zone) throw new Error(zone.reason);
  return zone;
};

describe('dangerZone', () => {
  it('finds the onset, the slope and the lowest bin beyond tolerance of a raw bias', () => {
    const zone = found(bias(300), 100_000, 1);
    expect(zone.low).toBeLessThan(300);
    expect(zone.high).toBeGreaterThan(300);
    expect(zone.high - zone.low).toBeLessThan(100);
    expect(Math.abs(zone.slope + 0.02 / 300)).toBeLessThan(3 * zone.slopeError);
    expect(zone.hinge.plateau).toBeGreaterThan(900);
    // The effect is 0.005 at 375 GeV; one bin's error more is needed.
    expect(zone.from).toBeGreaterThan(375);
    expect(zone.from).toBeLessThan(520);
    expect(zone.significance).toBeGreaterThan(20);
    expect(zone.chi2 / zone.ndof).toBeLessThan(1.5);
    expect(zone.n).toBeGreaterThan(99_000);
  });

  it('is a pure function of its input', () => {
    const profile = toy(bias(300), 15_000, 2);
    expect(dangerZone(profile, options)).toEqual(dangerZone(structuredClone(profile), options));
  });

  it('finds the onset in another unit and another place', () => {
    const inTeV = toy(bias(300), 15_000, 3);
    const scaled = { ...inTeV, centre: inTeV.centre.map((x) => x / 1024) };
    const [zone, other] = [dangerZone(inTeV, options), dangerZone(scaled, options)] as [DangerZone, DangerZone];
    expect(other.onset * 1024).toBeCloseTo(zone.onset, 6);
    expect(other.low * 1024).toBeCloseTo(zone.low, 6);
    expect(other.slope / 1024).toBeCloseTo(zone.slope, 12);
  });

  it('has intervals that cover the onset as often as stated', () => {
    const cases: readonly (readonly [string, Truth, number, number, Partial<DangerZoneOptions>?])[] = [
      ['raw bias', bias(300), 300, 15_000],
      ['raw bias, many events', bias(300), 300, 100_000],
      ['raw bias, small effect', bias(300, 0.01), 300, 100_000],
      ['raw bias, onset in the bulk', bias(150), 150, 15_000],
      ['raw bias, onset in the tail', bias(500), 500, 100_000],
      ['pull', pull, 300, 15_000, { baseline: 0, tolerance: 0.1 }],
      ['pull, many events', pull, 300, 100_000, { baseline: 0, tolerance: 0.1 }],
    ];
    const samples = 36;
    let [all, all68] = [0, 0];
    for (const [name, truth, onset, events, more] of cases) {
      let covered = 0;
      for (let sample = 0; sample < samples; sample++) {
        const zone = found(truth, events, 100 + sample, { ...more, replicates: 80 });
        if (zone.low <= onset && onset <= zone.high) covered++;
        if (zone.low68 <= onset && onset <= zone.high68) all68++;
      }
      // With a coverage of 95 %, 30 or fewer of 36 have a probability of 1 %.
      expect(covered, name).toBeGreaterThan(30);
      all += covered;
    }
    const total = samples * cases.length;
    expect(all / total).toBeGreaterThan(0.9);
    expect(all / total).toBeLessThan(0.995);
    expect(all68 / total).toBeGreaterThan(0.58);
    expect(all68 / total).toBeLessThan(0.8);
  });

  it('is a false alarm as often as stated', () => {
    const nulls: readonly (readonly [string, Truth, Partial<DangerZoneOptions>])[] = [
      ['fitted baseline', { mean: () => -0.016, sd: width }, {}],
      ['known baseline', { mean: () => 0, sd: () => 1.2 }, { baseline: 0 }],
    ];
    for (const [name, truth, more] of nulls) {
      const samples = 500;
      let alarms = 0;
      for (let sample = 0; sample < samples; sample++) {
        const settings = { ...options, ...more, tolerance: 0, level: 0.05, replicates: 40 };
        if (!('reason' in dangerZone(toy(truth, 15_000, sample), settings))) alarms++;
      }
      expect(alarms / samples, name).toBeGreaterThan(0.02);
      expect(alarms / samples, name).toBeLessThan(0.085);
    }
  });

  it('says why there is none', () => {
    const reason = (truth: Truth, events: number, more?: Partial<DangerZoneOptions>): string => {
      const zone = dangerZone(toy(truth, events, 4), { ...options, ...more });
      return 'reason' in zone ? zone.reason : `onset ${zone.onset}`;
    };
    expect(reason(bias(300, 0), 15_000)).toMatch(
      /^the best onset in H_T, at [\d.e+]+, is not significant: without any, one as strong has probability 0.\d+, above 0.01$/,
    );
    expect(reason(bias(300), 100_000, { tolerance: 0.1 })).toMatch(
      /^no H_T bin is beyond 0.1 by more than its error: the onset in H_T, at [\d.]+, leads to 0.0\d+ at most$/,
    );
    expect(reason(bias(300), 500)).toMatch(/^too few events: \d+ fill [1-5] H_T bins of at least 100, 8 are needed$/);
    const empty = dangerZone(profileOf([NaN], [NaN], [0]), options);
    expect(empty).toEqual({ reason: 'too few events: 0 fill 0 H_T bins of at least 100, 8 are needed' });
  });

  it('does not mind an empty last bin, and says how many events it could not use', () => {
    const profile = toy(bias(300), 100_000, 5);
    const [value, n] = [profile.value.slice(), profile.n.slice()];
    [value[179], n[179], n[178]] = [NaN, 3, 0];
    const zone = dangerZone({ ...profile, value, n }, options) as DangerZone;
    expect(zone.unknown).toBe(3);
    expect(zone.from).toBeLessThan(520);
  });

  it('refuses what makes no sense', () => {
    const profile = toy(bias(300), 15_000, 1);
    for (const [wrong, message] of [
      [{ tolerance: -1 }, 'tolerance -1 of a danger zone: give 0 or more'],
      [{ level: 5 }, 'level 5 of a danger zone: give a probability between 0 and 1'],
      [{ seed: 0.5 }, 'seed 0.5 of a danger zone: give an integer from 0 to 4294967295'],
      [{ replicates: 1 }, 'replicates 1 of a danger zone: give at least 40'],
    ] as const) {
      expect(() => dangerZone(profile, { ...options, ...wrong })).toThrow(message);
    }
  });
});
