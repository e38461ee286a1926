import { expect, it } from 'vitest';
import { nominalPoints } from '../../../operators/probes/best_points.js';
import { scanCosts, targetOf } from '../../../operators/probes/cost_scan.js';
import { pullsOf } from '../../../operators/probes/envelope.js';
import { allRows, drawnEvents, envelopeOf, linearObjective } from '../../support/linear_objective.js';

const weights = [1, -2, 0.5];
const run = async (
  steps: number,
  size = 50,
): Promise<{ margin: number; eta: number; square: number; nominal: number }[]> => {
  const events = drawnEvents(30, 3);
  const best = await nominalPoints(envelopeOf(3), events, linearObjective({ weights, bias: 4 }), size);
  const nominal = best.margin.slice();
  await scanCosts(best, nominal, allRows(30), steps, {}, () => undefined);
  const pulls = pullsOf(envelopeOf(3), events, allRows(30), best.x);
  return Array.from(nominal, (value, i) => ({
    nominal: value,
    margin: best.margin[i]!,
    eta: pulls.reduce((sum, column) => sum + column[i]! ** 2, 0) / 3,
    square: weights.reduce((sum, w, j) => sum + (w * events.sigma[j]![i]!) ** 2, 0),
  }));
};

it('ratio 0 on a linear margin: the target at the least η, (f − g)² / (k gᵀ g)', async () => {
  for (const { margin, eta, square, nominal } of await run(1)) {
    const target = targetOf(nominal, {});
    expect(margin).toBeCloseTo(target, 9);
    expect(eta / ((nominal - target) ** 2 / (3 * square))).toBeCloseTo(1, 9);
  }
});

it('scanned down, it stops at the first ratio that fools: between boundary and target', async () => {
  for (const { margin, nominal } of await run(12)) {
    expect(margin).toBeLessThan(0);
    expect(margin).toBeGreaterThanOrEqual(targetOf(nominal, {}) * (1 + 1e-9));
  }
});

it('goes as far as the size lets it where that is not enough', async () => {
  for (const { margin, nominal } of await run(4, 0.1)) {
    expect(margin).toBeLessThan(nominal);
    expect(margin).toBeGreaterThan(0);
  }
});
