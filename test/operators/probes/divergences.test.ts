import { describe, expect, test } from 'vitest';
import { divergenceAfter, moveValue, newDivergences } from '../../../operators/probes/divergences.js';
import { jensenShannon } from '../../../operators/probes/jensen_shannon.js';

const slots = [Uint16Array.of(0, 0, 1, 1, 2, 2), Uint16Array.of(1, 1, 1, 1, 0, 0)];

describe('divergences', () => {
  test('closed form: one of two values leaves its bin for an empty one', () => {
    const state = newDivergences([Uint16Array.of(0, 0)], [2]);
    // p = (1, 0), q = (½, ½).
    const expected = 0.5 * Math.log2(4 / 3) + 0.25 * Math.log2(2 / 3) + 0.25;
    expect(divergenceAfter(state, 0, 0, 1)).toBeCloseTo(expected, 15);
    expect(divergenceAfter(state, 0, 0, 0)).toBe(0);
    moveValue(state, 0, 0, 1);
    moveValue(state, 0, 0, 1);
    expect(divergenceAfter(state, 0, 1, 1)).toBe(1);
  });

  test('after any moves the squared distance of the counts; a feature does not touch another; back is 0', () => {
    const state = newDivergences(slots, [4, 2]);
    const at: number[] = [];
    const now = [...slots[0]!];
    for (let t = 0; t < 200; t++) {
      const i = (t * 5 + Math.floor(t / 7)) % 6;
      const to = (t * 3 + Math.floor(t / 11)) % 4;
      const then = divergenceAfter(state, 0, now[i]!, to);
      moveValue(state, 0, now[i]!, to);
      now[i] = to;
      expect(divergenceAfter(state, 0, to, to)).toBe(then);
      const counts = [0, 1, 2, 3].map((slot) => now.filter((s) => s === slot).length);
      expect(then).toBeCloseTo(jensenShannon([2, 2, 2, 0], counts) ** 2, 14);
      at.push(then);
    }
    expect(divergenceAfter(state, 1, 0, 0)).toBe(0);
    now.forEach((slot, i) => {
      moveValue(state, 0, slot, slots[0]![i]!);
    });
    expect(divergenceAfter(state, 0, 0, 0)).toBe(0);
    expect(Math.max(...at)).toBeGreaterThan(0.1);
  });
});
