import { expect, test } from 'vitest';
import { increase, maxOver, medianOver, metric, or, sum } from '../../../operators/alerts/conditions.js';
import type { Scrape } from '../../../operators/alerts/types.js';
import { rememberScrapes, wantedOf } from '../../../runtime/alerts/remember_scrapes.js';

const wanted = { names: new Set(['n_total']), seconds: 60, apart: 1 };
const scrape = (time: number): Scrape => ({
  time,
  samples: ['n_total', 'gauge'].map((name) => ({ name, labels: {}, value: time })),
});

test('what is wanted alone, as far back as it is', () => {
  const kept = [0, 10, 50, 65].reduce<Scrape[]>((before, time) => rememberScrapes(before, scrape(time), wanted), []);
  expect(kept.map(({ time }) => time)).toEqual([10, 50, 65]);
  expect(kept[0]!.samples).toEqual([{ name: 'n_total', labels: {}, value: 10 }]);
});

test('a thousand windows a second are kept as a few', () => {
  const times = Array.from({ length: 5000 }, (_, i) => i / 1000);
  const kept = times.reduce<Scrape[]>((before, time) => rememberScrapes(before, scrape(time), wanted), []);
  expect(kept.length).toBeLessThan(12);
  expect(kept.at(-1)!.time).toBe(4.999);
  expect(kept[0]!.time).toBe(0);
});

test('names by how far back conditions look; of a long range the points are further apart', () => {
  const conditions = [
    or(sum(['x'], increase('n_total', {}, 300)), metric('gauge')),
    or(increase('n_total', {}, 600), or(maxOver('gauge', {}, 90), medianOver('low', {}, 3600, 240))),
  ];
  expect(wantedOf(conditions)).toEqual([
    { names: new Set(['low']), seconds: 3840, apart: 32 },
    { names: new Set(['n_total', 'gauge']), seconds: 600, apart: 1 },
  ]);
  expect(wantedOf([metric('gauge')])).toEqual([]);
});
