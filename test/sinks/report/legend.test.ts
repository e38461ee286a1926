import { expect, test } from 'vitest';
import { bandOpacity, legend, type LegendEntry } from '../../../sinks/report/legend.js';
import { documentOf } from './drawn.js';

const columns = [
  { at: 34, width: 60 },
  { at: 100, width: 50, end: true as const },
];

const textsOf = (entries: readonly LegendEntry[], head: string[] | null = null) =>
  [
    ...documentOf(`<html><body><svg>${legend(600, 78, columns, head, entries)}</svg></body></html>`).querySelectorAll(
      'text',
    ),
  ].map((node) => [node.textContent, node.getAttribute('x'), node.getAttribute('text-anchor'), node.getAttribute('y')]);

test('rows go down, numbers end at the right of their column', () => {
  const entry = { mark: 'line', colour: '#5790fc', cells: ['all', '25,000'] } as const;
  expect(textsOf([entry, { ...entry, cells: ['0: a', '7'] }], ['', 'n'])).toEqual([
    ['', '634', 'start', '78'],
    ['n', '750', 'end', '78'],
    ['all', '634', 'start', '98'],
    ['25,000', '750', 'end', '98'],
    ['0: a', '634', 'start', '118'],
    ['7', '750', 'end', '118'],
  ]);
});

test('what is too wide is cut; a single cell has the room of all columns', () => {
  const label = 'very high H_T';
  const texts = textsOf([
    { mark: 'none', colour: '', cells: [label, '7'] },
    { mark: 'none', colour: '', cells: [label] },
  ]).map(([text]) => text);
  expect(texts).toEqual(['very hi…', '7', label]);
});

test('each kind of mark is drawn in its colour', () => {
  for (const mark of ['line', 'dot', 'open', 'cross', 'band'] as const) {
    expect(legend(0, 0, columns, null, [{ mark, colour: '#e42536', number: 3, cells: [] }])).toContain('#e42536');
  }
  expect(legend(0, 0, columns, null, [{ mark: 'cross', colour: '#e42536', number: 3, cells: [] }])).toContain('>3<');
});

test('a band in the colour of the text is the fainter one', () => {
  expect(bandOpacity('currentColor')).toBeLessThan(bandOpacity('#e42536'));
});
