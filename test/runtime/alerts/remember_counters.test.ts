import { expect, test } from 'vitest';
import { rememberCounters } from '../../../runtime/alerts/remember_counters.js';
import type { Scrape } from '../../../operators/alerts/types.js';

const wanted = { names: new Set(['n_total']), seconds: 60 };
const scrape = (time: number): Scrape => ({
  time,
  samples: ['n_total', 'gauge'].map((name) => ({ name, labels: {}, value: time })),
});

test('counters alone, as far back as they are wanted', () => {
  const kept = [0, 10, 50, 65].reduce<Scrape[]>((before, time) => rememberCounters(before, scrape(time), wanted), []);
  expect(kept.map(({ time }) => time)).toEqual([10, 50, 65]);
  expect(kept[0]!.samples).toEqual([{ name: 'n_total', labels: {}, value: 10 }]);
});

test('a thousand windows a second are kept as a few', () => {
  const times = Array.from({ length: 5000 }, (_, i) => i / 1000);
  const kept = times.reduce<Scrape[]>((before, time) => rememberCounters(before, scrape(time), wanted), []);
  expect(kept.length).toBeLessThan(12);
  expect(kept.at(-1)!.time).toBe(4.999);
  expect(kept[0]!.time).toBe(0);
});
