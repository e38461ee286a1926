import { describe, expect, test } from 'vitest';
import { figures } from '../../../sinks/report/figures.js';
import { formatCount } from '../../../sinks/page/client/shared/format_estimate.js';
import { makeReport, reports } from '../../fixtures/report/make.js';
import { drawnOf } from './drawn.js';

const named = (options: Parameters<typeof makeReport>[0]) => figures(makeReport(options)).map(({ name }) => name);

test('a report with truth has every figure, one without leaves out those of the response', () => {
  const common = ['spectrum', 'spectrum_plane', 'context_H_T', 'context_abs_deta', 'regime_map'];
  expect(named({ events: 500 })).toEqual([
    ...common,
    'response',
    'heat_mean_absolute',
    'heat_mean',
    'bias_by_H_T',
    'bias_by_abs_deta',
  ]);
  expect(named({ events: 500, truth: false })).toEqual(common);
});

test('without an event there is nothing to draw', () => {
  expect(named({ events: 0 })).toEqual([]);
  expect(named({ events: 1 })).toContain('spectrum');
});

describe.each(reports)('%s', (_, report) => {
  const drawn = figures(report).map(drawnOf);

  test.each(drawn.map((figure) => [figure.name, figure] as const))('%s stands alone', (name, figure) => {
    const { root, words, svg } = figure;
    expect(root.getAttribute('role')).toBe('img');
    expect(root.querySelector('title')!.textContent).toBe(figure.title);
    expect(root.querySelector('desc')!.textContent).toBe(figure.description);
    expect(root.getAttribute('aria-labelledby')).toBe(`${name}-title ${name}-description`);
    expect(words[0]).toBe(figure.title.replace(/_/g, ''));
    const subtitle = words.find((text) => text.startsWith('dy_mumu_13TeV.parquet · '))!;
    // What a correction did is told of the test events, and danger zones count the events of their bins.
    const counted = /^(correction_by|peak|danger_zone|timeline|checks|online)(_|$)/.test(name);
    if (counted) expect(subtitle).toMatch(/ [1-9][\d,]* events/);
    else expect(subtitle).toContain(` ${formatCount(report.events.used)} events`);
    expect(subtitle.endsWith('weighted by weight_pb')).toBe(report.weight !== null);
    expect(words).toContain('dilepton · regimewatch 0.1.0');
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  test('nothing is drawn outside the sheet', () => {
    for (const { root } of drawn) {
      const [, , width, height] = root.getAttribute('viewBox')!.split(' ').map(Number);
      for (const node of root.querySelectorAll('rect, circle, text[x]')) {
        const numberOf = (name: string) => Number(node.getAttribute(name) ?? node.getAttribute(`c${name}`) ?? 0);
        expect(numberOf('x')).toBeGreaterThanOrEqual(0);
        expect(numberOf('x') + numberOf('width')).toBeLessThanOrEqual(width! + 0.1);
        expect(numberOf('y') + numberOf('height')).toBeLessThanOrEqual(height! + 0.1);
      }
    }
  });

  test('the same report gives the same bytes', () => {
    expect(figures(structuredClone(report))).toEqual(figures(report));
  });
});
