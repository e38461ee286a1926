import { expect, test } from 'vitest';
import { demandLease, LostLease, topicsOf } from '../../../runtime/live/live_options.js';
import { bench } from '../../support/live_worker.js';
import { basePipeline } from '../../support/stage.js';

test('a group has topics of its own, named after it; the events and their truth keep theirs', () => {
  const topics = topicsOf('events', 'g');
  expect(topics).toMatchObject({ events: 'events', truth: null });
  const own = Object.values(topicsOf('events', 'g', 'truth')).filter((name) => name !== 'events' && name !== 'truth');
  expect(own).toHaveLength(6);
  expect(new Set(own).size).toBe(6);
  // What Kafka takes as a topic's name.
  for (const name of own) expect(name).toMatch(/^g\.[a-z-]+$/);
  expect(Object.values(topicsOf('events', 'h')).filter((name) => own.includes(name))).toEqual([]);
});

test('a lease is looked at each time it is demanded', () => {
  const one = bench(basePipeline());
  demandLease(one.worker.io);
  one.lease = false;
  expect(() => {
    demandLease(one.worker.io);
  }).toThrow(LostLease);
  one.lease = true;
  demandLease(one.worker.io);
});
