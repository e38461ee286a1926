import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pullsOf, sizesOf } from '../../operators/probes/envelope.js';
import type { Attack, AttackSettings, Perturbed, ProbedEvents } from '../../operators/probes/types.js';
import {
  allRows,
  drawnEvents,
  envelopeOf,
  eventsOf,
  linearObjective,
  reachOf,
  type EnvelopeParts,
} from './linear_objective.js';
import { plainObjective } from './plain_objective.js';

const settings: AttackSettings = { size: 1.5, seed: 3, steps: 8 };

/** A correlation of all members by `rho`. */
export const equicorrelation = (n: number, rho: number): number[][] =>
  Array.from({ length: n }, (_, a) => Array.from({ length: n }, (_, b) => (a === b ? 1 : rho)));

/** What every search that compares margins only has to do. */
export function searchSuite(attack: Attack): void {
  it.each<[string, EnvelopeParts]>([
    ['box', {}],
    ['box and ellipsoids', { groups: [group([0, 2, 3, 5], 0.6), group([8, 9], -0.7)] }],
    ['ellipsoid', { groups: [group([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0.3)] }],
  ])('reaches the optimum of a linear margin: %s', async (_, parts) => {
    const envelope = envelopeOf(10, parts);
    const events = drawnEvents(300, 10);
    const weights = [1, -2, 0.5, 3, -0.1, 0.7, 0, -1.3, 2, 0.2];
    const model = { weights, bias: 0.7, derived: { of: [0, 3], weight: -0.4 } };
    const objective = linearObjective(model);
    const nominal = await objective.margin(allRows(300), events.x);
    const { margin, x } = await attack(envelope, events, objective, settings);
    const reach = reachOf(envelope, events, model);
    for (let i = 0; i < 300; i++) {
      const part = (nominal[i]! - margin[i]!) / (settings.size * reach[i]!);
      expect(part).toBeGreaterThan(0.999);
      expect(part).toBeLessThan(1 + 1e-9);
    }
    const closed = nominal.filter((m, i) => m > 0 && m < settings.size * reach[i]!).length;
    const fooled = nominal.filter((m, i) => m > 0 && margin[i]! < 0).length;
    expect(closed).toBeGreaterThan(20);
    expect(Math.abs(fooled - closed) / closed).toBeLessThan(0.01);
    expect(Math.max(...sizesOf(envelope, events, allRows(300), x))).toBeLessThanOrEqual(settings.size * (1 + 1e-9));
    expect(await objective.margin(allRows(300), x)).toEqual(margin);
  });

  it('finds the way down a step function, whose gradient is 0 everywhere', async () => {
    // From 3, down by 1 where x0 > 1, by 1 where x1 < -0.5, by 2 where x2 > 1.2 and x3 > 1.2: -1 at best.
    const objective = plainObjective(
      ([a, b, c, d]) => 3 - Number(a! > 1) - Number(b! < -0.5) - 2 * Number(c! > 1.2 && d! > 1.2),
    );
    const events = zeros(200, 4);
    const reached = await attack(envelopeOf(4), events, objective, settings);
    expect(reached.margin.filter((margin) => margin === -1).length).toBeGreaterThanOrEqual(190);
    // At size 1 the first and the last step are out of reach.
    const short = await attack(envelopeOf(4), events, objective, { ...settings, size: 1 });
    expect(new Set(short.margin)).toEqual(new Set([2]));
  });

  it('holds what may not move, keeps to ranges and steps, and never does worse than the nominal point', async () => {
    const objective = plainObjective((x) =>
      x.reduce((sum, value, j) => sum + (j - 2.3) * value * (1 + 0.2 * value), 0),
    );
    const given = fc.record({
      low: fc.array(fc.constantFrom(-Infinity, -3, -1), { minLength: 5, maxLength: 5 }),
      high: fc.array(fc.constantFrom(Infinity, 1, 0.5), { minLength: 5, maxLength: 5 }),
      step: fc.array(fc.constantFrom(0, 0, 1, 0.5), { minLength: 5, maxLength: 5 }),
      x: fc.array(fc.constantFrom(-1, 0, 0.5, NaN, 0.31), { minLength: 15, maxLength: 15 }),
      sigma: fc.array(fc.constantFrom(0, 0.4, 1, 2), { minLength: 15, maxLength: 15 }),
      groups: fc.constantFrom([], [group([0, 3], 0.5)], [group([1, 4, 2], 0.8)]),
      size: fc.constantFrom(0.3, 1, 2),
    });
    const check = async ({ x, sigma, size, ...parts }: typeof given extends fc.Arbitrary<infer T> ? T : never) => {
      const envelope = envelopeOf(5, parts);
      const rows = (values: number[]): number[][] =>
        Array.from({ length: 5 }, (_, j) => values.slice(3 * j, 3 * j + 3));
      const events = eventsOf(rows(x), rows(sigma));
      const nominal = await objective.margin(allRows(3), events.x);
      const reached = await attack(envelope, events, objective, { size, seed: 1, steps: 3 });
      expect(await objective.margin(allRows(3), reached.x)).toEqual(reached.margin);
      for (const size1 of sizesOf(envelope, events, allRows(3), reached.x))
        expect(size1).toBeLessThanOrEqual(size * 1.000000001);
      const pulls = pullsOf(envelope, events, allRows(3), reached.x);
      for (let i = 0; i < 3; i++) {
        if (Number.isNaN(nominal[i])) expect(pulls.map((column) => column[i])).toEqual([0, 0, 0, 0, 0]);
        else expect(reached.margin[i]).toBeLessThanOrEqual(nominal[i]!);
        for (let j = 0; j < 5; j++) {
          const value = reached.x[j]![i]!;
          if (pulls[j]![i] === 0) continue;
          expect(value).toBeGreaterThanOrEqual(envelope.low[j]!);
          expect(value).toBeLessThanOrEqual(envelope.high[j]!);
          if (envelope.step[j]! > 0) expect(Number.isInteger(value / envelope.step[j]!)).toBe(true);
        }
      }
    };
    await fc.assert(fc.asyncProperty(given, check), { numRuns: 100 });
  });

  it('gives an event the same result whatever the others are, and the same again', async () => {
    const objective = plainObjective(([a, b, c]) => 1 + a! * b! - 2 * Number(a! + c! > 0.8) + c! * c!);
    const events = drawnEvents(40, 3);
    const envelope = envelopeOf(3, { groups: [group([0, 2], 0.4)] });
    const together = await attack(envelope, events, objective, { ...settings, size: 3 });
    expect(await attack(envelope, events, objective, { ...settings, size: 3 })).toEqual(together);
    const some = [39, 4, 17];
    const apart = await attack(envelope, picked(events, some), objective, { ...settings, size: 3 });
    expect(apart.margin).toEqual(Float64Array.from(some, (i) => together.margin[i]!));
    expect(apart.x).toEqual(together.x.map((column) => Float64Array.from(some, (i) => column[i]!)));
  });

  it('takes no NaN, tells how far it is, and manages without events', async () => {
    const objective = plainObjective(([a, b]) => (a! > 0.5 ? NaN : 1 - a! - b!));
    const done: number[] = [];
    const reached = await attack(envelopeOf(2), zeros(20, 2), objective, {
      ...settings,
      size: 1,
      onProgress: (part) => void done.push(part),
    });
    for (const margin of reached.margin) expect(margin).toBeLessThan(0.1);
    expect(done.at(-1)).toBe(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const none: Perturbed = await attack(envelopeOf(2), zeros(0, 2), objective, settings);
    expect([none.margin.length, none.evaluations]).toEqual([0, 0]);
  });
}

const group = (members: number[], rho: number) => ({ members, correlation: equicorrelation(members.length, rho) });

const zeros = (length: number, d: number): ProbedEvents => {
  const columns = (value: number): number[][] => Array.from({ length: d }, () => new Array<number>(length).fill(value));
  return eventsOf(columns(0), columns(1));
};

const picked = (events: ProbedEvents, rows: number[]): ProbedEvents => ({
  length: rows.length,
  keyLo: Uint32Array.from(rows, (i) => events.keyLo[i]!),
  keyHi: Uint32Array.from(rows, (i) => events.keyHi[i]!),
  x: events.x.map((column) => Float64Array.from(rows, (i) => column[i]!)),
  sigma: events.sigma.map((column) => Float64Array.from(rows, (i) => column[i]!)),
});
