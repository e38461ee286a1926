import { describe, expect, it } from 'vitest';
import { pullsOf, sizesOf } from '../../../operators/probes/envelope.js';
import { randomControl, randomPoints } from '../../../operators/probes/random_control.js';
import { allRows, drawnEvents, envelopeOf, eventsOf, linearObjective } from '../../support/linear_objective.js';

const settings = { size: 1, seed: 3, steps: 1 };
const ones = (d: number, n: number): number[][] => Array.from({ length: d }, () => Array.from({ length: n }, () => 1));
const N = 20_000;

/** Share of all 2^d sign patterns with Σ ±a_j > margin. */
function shareOfSigns(a: readonly number[], margin: number): number {
  let fooled = 0;
  for (let pattern = 0; pattern < 2 ** a.length; pattern++) {
    const fall = a.reduce((sum, value, j) => sum + ((pattern >> j) & 1 ? value : -value), 0);
    if (fall > margin) fooled++;
  }
  return fooled / 2 ** a.length;
}

describe('on a linear margin', () => {
  const weights = [0.9, -0.5, 0.33, 1.3, -0.71, 0.2, 0.11, -0.64, 0.48, 0.05];
  for (const margin of [0.5, 1.5, 2.5, 4]) {
    for (const tries of [1, 3]) {
      it(`fools the share that the signs give: margin ${margin}, ${tries} tries`, async () => {
        const d = weights.length;
        const events = eventsOf(
          ones(d, N).map((column) => column.map(() => 0)),
          ones(d, N),
        );
        const found = await randomControl(tries)(
          envelopeOf(d),
          events,
          linearObjective({ weights, bias: margin }),
          settings,
        );
        const expected = 1 - (1 - shareOfSigns(weights, margin)) ** tries;
        const share = found.margin.filter((m) => m < 0).length / N;
        expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / N));
        expect(found.evaluations).toBeLessThanOrEqual(N * (1 + tries));
      });
    }
  }

  it('on an ellipsoid: the cosine of a uniform direction, (1 - t) / 2 in three dimensions (Archimedes)', async () => {
    const correlation = [
      [1, 0.8, -0.3],
      [0.8, 1, 0.1],
      [-0.3, 0.1, 1],
    ];
    const envelope = envelopeOf(3, { groups: [{ members: [0, 1, 2], correlation }] });
    const events = eventsOf(
      [0, 1, 2].map(() => Array.from({ length: N }, () => 0)),
      ones(3, N),
    );
    const w = [1, -2, 0.5];
    const reach = Math.sqrt(w.reduce((s, a, i) => s + w.reduce((t, b, j) => t + a * b * correlation[i]![j]!, 0), 0));
    for (const t of [0.2, 0.7]) {
      const objective = linearObjective({ weights: w, bias: t * reach });
      const found = await randomControl()(envelope, events, objective, settings);
      const expected = (1 - t) / 2;
      const share = found.margin.filter((m) => m < 0).length / N;
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / N));
    }
  });
});

it('has exactly the size, held members left out', () => {
  const correlation = [
    [1, 0.9, 0],
    [0.9, 1, 0.2],
    [0, 0.2, 1],
  ];
  const envelope = envelopeOf(4, { groups: [{ members: [1, 2, 3], correlation }] });
  const sigma = ones(4, 3);
  sigma[2]![1] = 0;
  const events = eventsOf(
    [
      [1, 2, 3],
      [4, 5, NaN],
      [7, 8, 9],
      [0, 0, 0],
    ],
    sigma,
  );
  const x = randomPoints(envelope, events, allRows(3), 2, 5, 0);
  for (const size of sizesOf(envelope, events, allRows(3), x)) expect(size).toBeCloseTo(2, 12);
  const pulls = pullsOf(envelope, events, allRows(3), x);
  expect(Math.abs(pulls[0]![0]!)).toBeCloseTo(2, 12);
  expect(pulls[2]![1]).toBe(0);
  expect(pulls[1]![2]).toBe(0);
});

it('keeps the best of the tries, never worse than the nominal point, inside ranges', async () => {
  const events = drawnEvents(300, 4);
  const objective = linearObjective({ weights: [1, 1, -1, 2], bias: 0 });
  const nominal = await objective.margin(allRows(300), events.x);
  const envelope = envelopeOf(4, { low: [-1, -1, -1, -1], high: [1, 1, 1, 1] });
  let last = nominal;
  for (const tries of [1, 2, 8]) {
    const { margin, x } = await randomControl(tries)(envelope, events, objective, settings);
    margin.forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(last[i]!);
    });
    expect(Math.max(...x.flatMap((column) => [...column]))).toBeLessThanOrEqual(1);
    expect(await objective.margin(allRows(300), x)).toEqual(margin);
    last = margin;
  }
});

it('depends on seed and identity alone: an event has the same result among others', async () => {
  const events = drawnEvents(50, 3);
  const objective = linearObjective({ weights: [1, 2, 3], bias: 0.5 });
  const all = await randomControl(4)(envelopeOf(3), events, objective, settings);
  const i = 17;
  const cut = (column: Float64Array): Float64Array => column.slice(i, i + 1);
  const one = await randomControl(4)(
    envelopeOf(3),
    {
      length: 1,
      keyLo: events.keyLo.slice(i, i + 1),
      keyHi: events.keyHi.slice(i, i + 1),
      x: events.x.map(cut),
      sigma: events.sigma.map(cut),
    },
    objective,
    settings,
  );
  expect(one.x.map((column) => column[0])).toEqual(all.x.map((column) => column[i]));
  const other = await randomControl(4)(envelopeOf(3), events, objective, { ...settings, seed: 4 });
  expect(other.margin).not.toEqual(all.margin);
});

it('leaves an event without margin alone and refuses tries that are no count', async () => {
  const events = eventsOf([[NaN, 1]], [[1, 1]]);
  const objective = linearObjective({ weights: [1], bias: 0 });
  const found = await randomControl(8)(envelopeOf(1), events, objective, settings);
  expect(found.x[0]).toEqual(Float64Array.of(NaN, 0));
  expect(found.margin[0]).toBeNaN();
  await expect(randomControl(0)(envelopeOf(1), events, objective, settings)).rejects.toThrow(
    'tries of the random control: 0, expected a whole number from 1',
  );
});
