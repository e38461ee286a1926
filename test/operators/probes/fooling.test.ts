import { describe, expect, it } from 'vitest';
import { fooling, foolingRows } from '../../../operators/probes/fooling.js';
import { wilson } from '../../../operators/response/wilson.js';
import { filled } from '../summaries/rows.js';
import { merit } from './merit.js';

/** before, attack, control, skipped, regime; what becomes of it. */
const events = [
  [1, 1, 1, 0, 0], // neither
  [1, -1, 1, 0, 0], // attack
  [1, -1, 1, 0, 0], // attack
  [1, -1, -1, 0, 0], // both
  [1, 1, -1, 0, 1], // control
  [0, 0, -0, 0, 1], // neither: on the border is not beyond it
  [-1, -2, -2, 0, 0], // wrong
  [NaN, -1, -1, 0, 0], // unanswered
  [1, NaN, -1, 0, 1], // unanswered
  [1, -1, NaN, 0, 1], // unanswered
  [NaN, NaN, NaN, 1, 1], // skipped
  [Infinity, -Infinity, Infinity, 0, 1], // attack
];
const column = (j: number): number[] => events.map((event) => event[j]!);
const state = filled(fooling, { groups: 3 }, { columns: [0, 1, 2, 3].map(column), group: column(4) });

describe('fooling', () => {
  const [all, first, second, empty] = foolingRows(state);

  it('counts what becomes of every event', () => {
    expect(first).toMatchObject({ regime: 0, right: 4, both: 1, wrong: 1, unanswered: 1, skipped: 0 });
    expect(first!.fooled).toEqual({ k: 3, n: 4, value: 0.75, ...wilson(0.75, 4) });
    expect(first!.random).toEqual({ k: 1, n: 4, value: 0.25, ...wilson(0.25, 4) });
    expect(first!.difference.value).toBe(0.5);
    expect(second).toMatchObject({ regime: 1, right: 3, both: 0, wrong: 0, unanswered: 2, skipped: 1 });
    expect(second!.difference.value).toBe(0);
  });

  it('adds up: all is the sum of the regimes, and every event is one of them', () => {
    expect(all).toMatchObject({ regime: 'all', right: 7, both: 1, wrong: 1, unanswered: 3, skipped: 1 });
    expect(all!.fooled.k).toBe(4);
    expect(all!.right + all!.wrong + all!.unanswered + all!.skipped).toBe(events.length);
  });

  it('knows nothing of a regime without events', () => {
    expect(empty).toMatchObject({ regime: 2, right: 0, significance: 0 });
    expect(empty!.fooled.value).toBeNull();
    expect(empty!.difference).toEqual({ value: null, error: null, reason: 'no events' });
  });

  it.each(merit.mcnemar)('quotes McNemar for $b against $c of $n', ({ b, c, n, value, error, significance }) => {
    const rows = [...Array(Math.min(n, 5000)).keys()];
    if (n > rows.length) return;
    const columns = [
      rows.map(() => 1),
      rows.map((i) => (i < b ? -1 : 1)),
      rows.map((i) => (i >= b && i < b + c ? -1 : 1)),
      rows.map(() => 0),
    ];
    const [row] = foolingRows(filled(fooling, { groups: 1 }, { columns }));
    expect(row!.difference.value).toBeCloseTo(value, 14);
    expect(row!.difference.error! / error).toBeCloseTo(1, 6);
    expect(row!.significance).toBeCloseTo(significance, 7);
  });
});
