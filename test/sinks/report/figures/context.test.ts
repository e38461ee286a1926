import { describe, expect, test } from 'vitest';
import { formatCount } from '../../../../sinks/page/client/shared/format_estimate.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = makeReport({ events: 4000 });

describe.each([
  ['H_T', 'HT [GeV]', /^Events \/ \d+ GeV$/],
  ['abs_deta', '|Δη|', /^Events \/ 0\.\d+$/],
])('%s', (variable, title, bins) => {
  const figure = figureOf(report, `context_${variable}`);

  test('the axes have their unit and the width of a bin', () => {
    expect(figure.words).toContain(title);
    expect(figure.words.filter((text) => bins.test(text))).toHaveLength(1);
  });

  test('all events and each regime are a line with its name and count', () => {
    expect(figure.words).toContain('all');
    expect(figure.words).not.toContain(variable);
    expect(figure.words).toContain('4,000');
    for (const regime of ['all', 0, 1, 2, 3]) expect(figure.marks(`steps of ${variable} ${regime}`)).toBe(1);
    for (const { id, n } of report.regimes!.map) {
      expect(figure.words).toContain(formatCount(n));
      expect(figure.words.some((text) => text.startsWith(`${id}: `))).toBe(true);
    }
  });
});

test('events beyond the axis have a strip with its name', () => {
  const clone = structuredClone(report);
  const all = clone.distributions.context[0]!.series[0]!;
  all.overflow = 23;
  const { words, description } = figureOf(clone, 'context_H_T');
  expect(words).toContain('overflow');
  expect(words).not.toContain('underflow');
  expect(description).toContain('events below (0) and above (23) the axis');
  expect(figureOf(report, 'context_H_T').words).not.toContain('overflow');
});

test('weights are said on the axis', () => {
  const { words } = figureOf(makeReport({ events: 2000, weighted: true }), 'context_abs_deta');
  expect(words.some((text) => text.startsWith('Sum of weights / 0.'))).toBe(true);
});
