import { describe, expect, test } from 'vitest';
import { hashOrder, reordered } from '../../../operators/probes/hash_order.js';
import { drawnEvents } from '../../support/linear_objective.js';

describe('hash order', () => {
  const events = drawnEvents(200, 2);
  const keys = (order: Int32Array, from = events): number[] => [...reordered(from, order).keyLo];

  test('a permutation that does not depend on the order given, but on the seed', () => {
    const order = hashOrder(events, 3);
    expect(order.toSorted()).toEqual(Int32Array.from({ length: 200 }, (_, i) => i));
    const backwards = reordered(events, order.toReversed());
    expect(keys(hashOrder(backwards, 3), backwards)).toEqual(keys(order));
    expect(keys(hashOrder(events, 4))).not.toEqual(keys(order));
    expect(keys(order)).not.toEqual([...events.keyLo]);
  });

  test('events with equal keys stay in the order given', () => {
    const same = { ...events, keyLo: new Uint32Array(200), keyHi: new Uint32Array(200) };
    expect(hashOrder(same, 3)).toEqual(Int32Array.from({ length: 200 }, (_, i) => i));
  });

  test('columns go along', () => {
    const two = reordered(events, Int32Array.of(5, 1));
    expect(two.length).toBe(2);
    expect([...two.x[1]!]).toEqual([events.x[1]![5], events.x[1]![1]]);
    expect([...two.sigma[0]!]).toEqual([events.sigma[0]![5], events.sigma[0]![1]]);
  });
});
