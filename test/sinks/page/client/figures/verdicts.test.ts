import { expect, it } from 'vitest';
import { verdicts } from '../../../../../sinks/page/client/figures/verdicts.js';
import { drawn, viewOf } from './page_figures.js';

it('gives each window and regime a letter and its reason', () => {
  const view = viewOf();
  const figure = drawn(verdicts, view)!;
  expect(figure.rows).toHaveLength(26 * 4);
  const all = view.windows.flatMap(({ report }) => report.regimes);
  const bad = all.filter(({ verdict }) => verdict === 'bad').length;
  expect(bad).toBeGreaterThan(0);
  expect(figure.summary).toContain(`${bad} of 104 verdicts are bad`);
  const letters = [...figure.node.querySelectorAll('text')].map((node) => node.textContent);
  expect(letters.filter((text) => text === 'B')).toHaveLength(bad);
});

it('tells worse from better by height where letters do not fit', () => {
  const figure = drawn(verdicts, viewOf(undefined, { width: 240 }))!;
  const bars = [...figure.node.querySelectorAll('[aria-description="verdicts"] rect')];
  const heights = new Map<string, number>();
  for (const bar of bars) {
    const verdict = /: (null|good|medium|bad),/.exec(bar.textContent)![1]!;
    heights.set(verdict, Number(bar.getAttribute('height')));
  }
  expect(heights.get('null')).toBeLessThan(heights.get('good')!);
  expect(heights.get('good')).toBeLessThan(heights.get('bad')!);
  expect([...figure.node.querySelectorAll('text')].filter((node) => node.textContent === 'B')).toHaveLength(0);
});
