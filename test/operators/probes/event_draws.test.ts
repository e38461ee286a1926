import { expect, it } from 'vitest';
import { eventDraws } from '../../../operators/probes/event_draws.js';
import { philox } from '../../../operators/random/philox.js';
import { eventsOf } from '../../support/linear_objective.js';

it('is a hash of the seed, the stream, the identity of the event, the round and the individual', () => {
  const events = eventsOf([[0, 0, 0]], [[1, 1, 1]]);
  const drawn = (i: number, round: number, individual: number, seed = 5, stream = 7): number[] => {
    const out = new Float64Array(6);
    eventDraws(events, i, round, individual, seed, stream, out);
    return [...out];
  };
  const words = new Uint32Array(4);
  philox(2, 7, 3, 9 * 65536 + 1, 5, 7, words);
  expect(drawn(2, 3, 9).slice(4)).toEqual([...words].slice(0, 2).map((word) => (word + 0.5) / 2 ** 32));
  const all = [drawn(2, 3, 9), drawn(1, 3, 9), drawn(2, 4, 9), drawn(2, 3, 8), drawn(2, 3, 9, 6), drawn(2, 3, 9, 5, 6)];
  expect(new Set(all.flat()).size).toBe(36);
  for (const draw of all.flat()) expect(draw > 0 && draw < 1).toBe(true);
});
