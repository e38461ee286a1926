import { expect, test } from 'vitest';
import { probes } from '../../../../sinks/report/figures/probes.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { probeRowsOf, withProbes } from '../../../fixtures/report/probes.js';
import { drawnOf, figureOf } from '../drawn.js';

const bare = makeReport({ events: 3000 });
const figure = figureOf(withProbes(bare), 'probes_net');

test('over the windows: fooled, control and difference of each regime, a point a window', () => {
  const drawn = (what: string, id: number | 'all'): number =>
    figure.marks(`points of ${what}, regime ${id}`) + figure.marks(`beyond the panel, ${what}, regime ${id}`);
  for (const what of ['fooled', 'control', 'difference'])
    expect(['all' as const, 0, 1, 2, 3].map((id) => drawn(what, id))).toEqual([3, 3, 3, 3, 0]);
  expect(figure.words).toEqual(expect.arrayContaining(['fooled [%]', 'control [%]', 'difference [%]', 'window']));
  expect(figure.title).toBe('Fooled share, window by window: probe net');
  // Over all windows, as in the table.
  expect(figure.words).toContain('7.0 ± 0.6 %');
});

test('by regime where there are no windows', () => {
  const rows = probeRowsOf('net', [
    [0, 0, 400, 20, 10],
    [0, 2, 400, 30, 12],
  ]);
  const drawn = drawnOf(probes({ ...bare, probes: rows })[0]!);
  expect(drawn.title).toBe('Fooled share by regime: probe net');
  expect(['all', 0, 1, 2, 3].map((id) => drawn.marks(`points of fooled, regime ${id}`))).toEqual([1, 1, 0, 1, 0]);
  expect(drawn.words).toEqual(expect.arrayContaining(['regime', 'all', '0', '2']));
});

test('of very many windows the newest; none without an event that was right; the same bytes again', () => {
  const many = probeRowsOf(
    'net',
    Array.from({ length: 170 }, (_, window) => [window, 1, 40, 4, 1]),
  );
  const drawn = drawnOf(probes({ ...bare, probes: many })[0]!);
  expect(drawn.marks('points of fooled, regime 1')).toBe(150);
  expect(probes(bare)).toEqual([]);
  expect(probes({ ...bare, probes: probeRowsOf('net', [[0, 0, 0, 0, 0, 7]]) })).toEqual([]);
  expect(probes(withProbes(bare))).toEqual(probes(withProbes(bare)));
});
