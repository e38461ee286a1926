import { describe, expect, it } from 'vitest';
import { countDecisions, hiddenDecisions } from '../../../operators/probes/hidden_systematic.js';
import { pairedDifference } from '../../../operators/probes/mcnemar.js';
import { wilson } from '../../../operators/response/wilson.js';
import { mergeTally } from '../../../operators/summaries/tally.js';
import { merit } from './merit.js';

/** Of n events b pass after the attack only, c before only, k both; the control changes nothing. */
function decisions(label: number, b: number, c: number, k: number, n: number) {
  const rows = [...Array(n).keys()];
  const before = rows.map((i) => (i >= b && i < b + c + k ? 2 : -1));
  return {
    label: Float64Array.from(rows, () => label),
    before: Float64Array.from(before),
    attacked: Float64Array.from(rows, (i) => (i < b || (i >= b + c && i < b + c + k) ? 1 : 0.5)),
    control: Float64Array.from(before),
    workingPoint: 0.5,
  };
}

describe('hidden systematic of a classifier', () => {
  const signal = countDecisions(decisions(1, 4, 10, 20, 50), new Uint16Array(50), 2);
  const background = countDecisions(decisions(0, 9, 1, 5, 60), new Uint16Array(60).fill(1), 2);
  mergeTally(signal, background);
  const { rows, leftOut } = hiddenDecisions(signal);
  const row = (regime: number | 'all', quantity: string) =>
    rows.find((each) => each.regime === regime && each.quantity === quantity)!;

  it('is the share above the working point, and its paired shift', () => {
    const { low, high } = wilson(0.6, 50);
    const random = { value: 0, error: 1 / 51 };
    expect(row(0, 'efficiency')).toEqual({
      regime: 0,
      quantity: 'efficiency',
      unit: null,
      nominal: { value: 0.6, error: (high - low) / 2 },
      shift: pairedDifference(4, 10, 50),
      random,
    });
    expect(row(1, 'mistag').nominal.value).toBe(0.1);
    expect(row(1, 'mistag').shift).toEqual(pairedDifference(9, 1, 60));
  });

  it('has all regimes, and says where there is nothing of a class', () => {
    expect(rows.map(({ regime }) => regime)).toEqual(['all', 'all', 0, 0, 1, 1]);
    expect(row('all', 'efficiency').shift).toEqual(row(0, 'efficiency').shift);
    const nothing = { value: null, error: null, reason: 'no events' };
    expect(row(1, 'efficiency')).toMatchObject({ nominal: nothing, shift: nothing, random: nothing });
    expect(leftOut).toBe(0);
  });

  it.each(merit.mcnemar.filter(({ n }) => n <= 5000))('has the error of $b against $c of $n', ({ b, c, n, error }) => {
    const counts = countDecisions(decisions(1, b, c, 0, n), new Uint16Array(n), 1);
    expect(hiddenDecisions(counts).rows[0]!.shift.error! / error).toBeCloseTo(1, 6);
  });

  it('leaves out and counts events without a label or an answer', () => {
    const four = {
      label: Float64Array.of(NaN, 0.5, 1, 1, 0, 1),
      before: Float64Array.of(1, 1, NaN, 1, 1, 1),
      attacked: Float64Array.of(1, 1, 1, NaN, 1, 1),
      control: Float64Array.of(1, 1, 1, 1, NaN, 0),
      workingPoint: 0.5,
    };
    const found = hiddenDecisions(countDecisions(four, new Uint16Array(6), 1));
    expect(found.leftOut).toBe(5);
    expect(found.rows[0]!.random).toEqual({ value: -1, error: 1 });
  });
});
