import { expect, it } from 'vitest';
import { beyondPrior, chiSquare, priorRange, type Penalty } from '../../../operators/probes/penalties.js';
import { allRows, drawnEvents, envelopeOf, eventsOf } from '../../support/linear_objective.js';

const correlation = [
  [1, 0.6],
  [0.6, 1],
];
const envelope = envelopeOf(3, { groups: [{ members: [0, 2], correlation }] });

/** The gradient per pull against central differences of the value. */
function checkGradient(penalty: (x: Float64Array[]) => Penalty): void {
  const events = drawnEvents(20, 3, 4);
  const x = events.x.map((column, j) => column.map((value, i) => value + (0.3 + 0.2 * j) * events.sigma[j]![i]!));
  const at = (j: number, pulls: number): Float64Array =>
    penalty(x.map((c, k) => (k === j ? c.map((v, i) => v + pulls * events.sigma[j]![i]!) : c))).value;
  const { gradient } = penalty(x);
  for (let j = 0; j < 3; j++) {
    const [up, down] = [at(j, 1e-4), at(j, -1e-4)];
    for (let i = 0; i < 20; i++) expect(gradient[j]![i]).toBeCloseTo((up[i]! - down[i]!) / 2e-4, 7);
  }
}

it('χ² is the mean of squared pulls, with R⁻¹ for a group', () => {
  const events = eventsOf(
    [
      [0, 0],
      [0, 0],
      [0, NaN],
    ],
    [
      [1, 1],
      [2, 2],
      [1, 1],
    ],
  );
  const x = [
    [2, 2],
    [6, 6],
    [-1, NaN],
  ].map((column) => Float64Array.from(column));
  // uᵀ R⁻¹ u = (4 + 1 + 2 · 0.6 · 2) / 0.64; the second event has two values that may move
  const { value } = chiSquare(envelope, events, allRows(2), x);
  expect(value[0]).toBeCloseTo((7.4 / 0.64 + 9) / 3, 13);
  expect(value[1]).toBeCloseTo((4 + 9) / 2, 13);
  checkGradient((at) => chiSquare(envelope, drawnEvents(20, 3, 4), allRows(20), at));
});

it('L_prior is the squared distance beyond the range, in σ', () => {
  const events = eventsOf([[0], [0], [0]], [[1], [2], [0]]);
  const prior = { low: [-1, -1, -1], high: [1, 1, 1] };
  const x = [[3], [-2], [0]].map((column) => Float64Array.from(column));
  const { value, gradient } = beyondPrior(prior, envelope, events, allRows(1), x);
  expect(value[0]).toBeCloseTo((4 + 0.25) / 2, 14);
  expect(gradient.map((column) => column[0])).toEqual([2, -0.5, 0]);
  const narrow = { low: [-0.2, -0.2, -0.2], high: [0.2, 0.2, 0.2] };
  checkGradient((at) => beyondPrior(narrow, envelope, drawnEvents(20, 3, 4), allRows(20), at));
});

it('priorRange has the quantiles of what is there', () => {
  const column = Array.from({ length: 1001 }, (_, i) => (i * 8) % 1001);
  const missing = column.map(() => NaN);
  const events = eventsOf([column, [...column.slice(1), NaN], missing], [column, column, column]);
  const { low, high } = priorRange(events);
  expect([low[0], high[0]]).toEqual([1, 999]);
  expect(low[1]).toBeCloseTo(1.999, 9);
  expect([low[2], high[2]]).toEqual([-Infinity, Infinity]);
});
