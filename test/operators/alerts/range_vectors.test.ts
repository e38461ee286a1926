import { expect, test } from 'vitest';
import { rangeVectors } from '../../../operators/alerts/range_vectors.js';
import type { Scrape } from '../../../operators/alerts/types.js';

const scrapes = [0, 10, 20, 30, 40].map((time): Scrape => ({
  time,
  samples: [
    // Labels are written anew at each instant, and in another order.
    { name: 'a', labels: time % 20 === 0 ? { x: '1', y: 'p' } : { y: 'p', x: '1' }, value: time },
    ...(time === 20 ? [] : [{ name: 'a', labels: { x: '2' }, value: -time }]),
    { name: 'b', labels: {}, value: 1 },
  ],
}));
const times = (seconds: number, offset?: number, labels = {}) =>
  rangeVectors(
    { kind: 'over_time', with: 'max', name: 'a', labels, seconds, ...(offset === undefined ? {} : { offset }) },
    scrapes,
  ).map(({ points }) => points.map(({ time }) => time));

test('both ends of the range are in it; a scrape without the series gives no point', () => {
  expect(times(20)).toEqual([
    [20, 30, 40],
    [30, 40],
  ]);
  expect(times(19, 0, { x: '1' })).toEqual([[30, 40]]);
});

test('an offset moves both ends back', () => {
  expect(times(20, 10, { x: '1' })).toEqual([[10, 20, 30]]);
  expect(times(4, 15)).toEqual([]);
  expect(times(100, 20, { x: '2' })).toEqual([[0, 10]]);
});

test('of a counter up to the last scrape', () => {
  const counter = { kind: 'increase', name: 'a', labels: { x: '1' }, seconds: 10 } as const;
  expect(rangeVectors(counter, scrapes)).toEqual([
    { labels: { x: '1', y: 'p' }, points: [30, 40].map((time) => ({ time, value: time })) },
  ]);
  expect(rangeVectors(counter, [])).toEqual([]);
});
