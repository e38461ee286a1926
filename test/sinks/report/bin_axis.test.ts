import { expect, test } from 'vitest';
import { binAxis } from '../../../sinks/report/bin_axis.js';

const edges = [0, 20, 40, 60, 100, 150, 200, 300, 400, 600, 800, 1000];

test('bins that are not too unequal lie to scale', () => {
  expect(binAxis([0, 0.25, 0.5, 1, 2], 600)).toEqual({ at: [0, 0.25, 0.5, 1, 2], domain: [0, 2], remark: '' });
});

test('very unequal bins are drawn equally wide, with every edge labelled if the labels fit', () => {
  const axis = binAxis(edges, 640);
  expect(axis.at).toEqual(edges.map((_, i) => i));
  expect(axis.domain).toEqual([0, 11]);
  expect(axis.ticks!.map(({ label }) => label)).toEqual([
    ...['0', '20', '40', '60', '100', '150', '200', '300', '400', '600', '800', '1,000'],
  ]);
  expect(axis.remark).toContain('equally wide');
});

test('labels that do not fit are left out evenly', () => {
  const labels = binAxis(edges, 250).ticks!.map(({ label }) => label);
  expect(labels).toEqual(['0', '', '40', '', '100', '', '200', '', '400', '', '800', '']);
});
