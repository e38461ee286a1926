import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCorrection } from '../../../operators/correction/apply.js';
import { CORRECTION, fitCorrection } from '../../../operators/correction/fit_correction.js';
import { assignRegimes } from '../../../operators/regimes/assign.js';
import { responseCells } from '../../../operators/summaries/response_cells.js';
import { rowsOf } from '../summaries/rows.js';
import { stateOf, table, toyEvents, twoRegimes, type Event } from './toys.js';

/** In the left regime nothing, in the right one a bias that grows. */
const growing = (a: number): number => -0.03 * Math.max(0, a - 2);
const fit = (events: readonly Event[], maxCells?: number) => fitCorrection(stateOf(events, maxCells), twoRegimes);

/** Mean of δ' and its error on the test events, by regime. */
function onTest(events: readonly Event[], model: ReturnType<typeof fit>['model']) {
  const test = events.filter(({ split }) => split === 2);
  const columns = [0, 1].map((d) => Float64Array.from(test, ({ context }) => context[d]!));
  const regime = new Uint16Array(test.length);
  assignRegimes(twoRegimes, columns, test.length, regime, new Float64Array(test.length));
  const c = new Float64Array(test.length);
  applyCorrection(model, twoRegimes, columns, regime, test.length, c);
  return [0, 1].map((r) => {
    const left = test.flatMap(({ y }, i) => (regime[i] === r ? [(y - c[i]!) / (1 + c[i]!)] : []));
    const mean = left.reduce((a, b) => a + b, 0) / left.length;
    const squares = left.reduce((a, b) => a + (b - mean) ** 2, 0) / (left.length - 1);
    return { mean, error: Math.sqrt(squares / left.length) };
  });
}

describe('fit of the correction', () => {
  it('takes the smooth one where the bias grows inside a regime, and it holds on test', () => {
    const events = toyEvents(20000, 1, 0.03, growing);
    const { model, accepted, reason, candidates, training, validation } = fit(events);
    expect([accepted, model.layer]).toEqual([true, 'smooth']);
    expect(candidates.every((candidate) => candidate.accepted)).toBe(true);
    expect(reason).toMatch(
      /^smooth: mean squared bias lessened by .*; smooth over regime: .* \(\d+\.\d sigma, 2\.8 wanted\)$/,
    );
    expect(training + validation).toBe(events.filter(({ split }) => split < 2).length);
    const before = onTest(events, fit(toyEvents(50, 1, 0.03, growing)).model);
    expect(Math.abs(before[1]!.mean)).toBeGreaterThan(10 * before[1]!.error);
    for (const { mean, error } of onTest(events, model)) expect(Math.abs(mean)).toBeLessThan(3 * error);
  });

  it('stays with the regimes where they explain it', () => {
    const { model, reason } = fit(toyEvents(20000, 2, 0.03, (a) => (a < 2 ? 0.01 : -0.02)));
    expect(model).toMatchObject({ layer: 'regime', degree: 0 });
    expect(model.coefficients[0]![0]).toBeCloseTo(0.01, 2);
    expect(model.coefficients[1]![0]).toBeCloseTo(-0.02, 2);
    expect(reason).toMatch(/^regime: .*; smooth over regime: /);
  });

  it('refuses on noise alone in at least 90 % of 200 toys, the level being 5 %', () => {
    const refused = Array.from({ length: 200 }, (_, toy) =>
      fit(
        toyEvents(1000, 1000 + toy, 0.05, () => 0),
        128,
      ),
    ).filter(({ accepted, model }) => !accepted && model.layer === 'identity');
    expect(refused.length).toBeGreaterThanOrEqual(180);
    expect(refused[0]!.reason).toMatch(
      /^regime: mean squared bias lessened by .* on validation \(-?\d\.\d sigma, 2\.0 wanted\).*; smooth: .*, 2\.8 wanted\)/,
    );
    expect(refused[0]!.model.coefficients).toEqual([[0], [0]]);
  });

  it('refuses what makes a regime worse, however much is gained', () => {
    // The left regime changes its sign after training; the right one gains much more.
    const { accepted, reason, candidates } = fit(
      toyEvents(20000, 3, 0.03, (a, _, split) => (a < 2 ? (split === 0 ? 0.01 : -0.01) : 0.05)),
    );
    expect(accepted).toBe(false);
    for (const { sigma, wanted, harmed } of candidates) {
      expect(sigma).toBeGreaterThan(wanted);
      expect(harmed).toEqual([0]);
    }
    expect(reason).toMatch(/but regime 0 made worse by \d+\.\d sigma/);
  });

  it('is the same, to the last bit, for any split and order of the events, and for any test events', () => {
    const events = toyEvents(600, 4, 0.02, growing);
    const expected = fit(events, 64);
    const shuffled = fc.shuffledSubarray([...events.keys()], { minLength: events.length });
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 5 }), (order, parts) => {
        const whole = responseCells.create({ dimensions: 2, groups: 3, maxCells: 64 });
        for (let part = 0; part < parts; part++) {
          const state = responseCells.create({ dimensions: 2, groups: 3, maxCells: 64 });
          const some = order.filter((_, i) => i % parts === part).map((i) => events[i]!);
          responseCells.fill(state, rowsOf(table(some)));
          responseCells.merge(whole, state);
        }
        expect(fitCorrection(whole, twoRegimes)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
    const others = events.map((event) => (event.split === 2 ? { ...event, y: 0.4 - event.y } : event));
    expect(fit(others, 64)).toEqual(expected);
  });

  it('leaves everything as it is with too few events', () => {
    const { model, reason, candidates } = fit(toyEvents(50, 5, 0.01, growing));
    expect([model.layer, candidates.length]).toEqual(['identity', 0]);
    expect(reason).toMatch(/^\d+ training events, 100 are needed$/);
    const unjudged = toyEvents(500, 5, 0.01, growing).filter(({ split }) => split !== 1);
    expect(fit(unjudged).reason).toBe('0 validation events, 100 are needed');
    expect(fit([])).toMatchObject({ accepted: false, training: 0, reason: '0 training events, 100 are needed' });
  });

  it('fits the layers asked for', () => {
    const state = stateOf(toyEvents(5000, 6, 0.02, growing));
    expect(fitCorrection(state, twoRegimes, { ...CORRECTION, layers: ['regime'] }).model.layer).toBe('regime');
    const { model, scan } = fitCorrection(state, twoRegimes, { ...CORRECTION, layers: ['smooth'] });
    expect([model.layer, scan.length]).toEqual(['smooth', 10]);
  });
});
