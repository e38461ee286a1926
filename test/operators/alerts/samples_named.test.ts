import { expect, test } from 'vitest';
import { samplesNamed } from '../../../operators/alerts/samples_named.js';

const sample = (name: string, labels: Record<string, string>, value: number) => ({ name, labels, value });
const scrape = {
  time: 0,
  samples: [sample('a', { x: '1' }, 1), sample('b', {}, 2), sample('a', { x: '2', y: 'p' }, 3), sample('a', {}, 4)],
};
const values = (name: string, labels?: Record<string, string>) =>
  samplesNamed(scrape, name, labels).map(({ value }) => value);

test('by name, in their order', () => {
  expect(values('a')).toEqual([1, 3, 4]);
  expect(values('b', {})).toEqual([2]);
  expect(values('c')).toEqual([]);
});

test('by labels; one of no text is one that is not there', () => {
  expect(values('a', { x: '2' })).toEqual([3]);
  expect(values('a', { x: '2', y: 'q' })).toEqual([]);
  expect(values('a', { y: '' })).toEqual([1, 4]);
});
