import { describe, expect, test } from 'vitest';
import { fewEvents } from '../../../../sinks/report/few_events.js';
import { heat } from '../../../../sinks/report/figures/heat.js';
import { formatPlain } from '../../../../sinks/page/client/shared/format_estimate.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = makeReport({ events: 8000 });
const plane = report.distributions.responsePlane!;

describe.each([
  ['heat_mean_absolute', 'mean |δ|', plane.meanAbsoluteError],
  ['heat_mean', 'mean δ', plane.meanError],
])('%s', (name, what, errors) => {
  const figure = figureOf(report, name);
  const cellsOf = (layer: string) =>
    Number(figure.root.querySelector(`[data-layer="${layer}"]`)!.getAttribute('data-cells'));

  test('axes and the colour legend say what they show', () => {
    for (const text of ['HT [GeV]', '|Δη|', what, `fewer than ${fewEvents} events`]) {
      expect(figure.words).toContain(text);
    }
  });

  test('known cells are painted, and those of few events, and no other, hatched', () => {
    expect(cellsOf('cells')).toBe(plane.meanAbsolute.filter((value) => value !== null).length);
    const few = plane.n.filter((n) => n > 0 && n < fewEvents).length;
    expect(cellsOf('hatched')).toBe(few);
    expect(figure.description).toContain(`Hatched: ${few} cells`);
    expect(figure.svg).toContain(`<pattern id="${name}-hatch"`);
  });

  test('the caption has the errors of the other cells', () => {
    const known = errors.filter((_, i) => plane.n[i]! >= fewEvents).map(Number);
    expect(figure.description).toContain(`largest ${formatPlain(Math.max(...known), 2)}.`);
  });
});

test('with many events in every cell, nothing is hatched', () => {
  const full = structuredClone(report);
  full.distributions.responsePlane!.n = plane.n.map((n) => n * 1000);
  const hatched = figureOf(full, 'heat_mean').root.querySelector('[data-layer="hatched"]')!;
  expect(hatched.getAttribute('data-cells')).toBe('0');
});

test('the colours of a signed mean are centred on 0', () => {
  const flat = structuredClone(report);
  flat.distributions.responsePlane!.mean = plane.mean.map((value, i) => (value === null ? null : i === 0 ? -0.1 : 0));
  expect(figureOf(flat, 'heat_mean').svg).toContain('<path fill="#dddddd"');
  expect(heat(makeReport({ events: 10, truth: false }))).toEqual([]);
});
