import { describe, expect, test } from 'vitest';
import { probeFigures } from '../../../sinks/probe_report/figures.js';
import { drawnOf } from '../report/drawn.js';
import { emptyReport, reports } from './reports.js';

describe.each(reports)('%s', (_, report) => {
  const drawn = probeFigures(report);

  test('every figure has a name of its own that is good for a file, a title and a description', () => {
    const names = drawn.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, title, description } of drawn) {
      expect(name).toMatch(/^[a-z0-9_]+$/);
      expect(title).not.toBe('');
      expect(description).toContain(title);
    }
  });

  test('has no mark or word that is not a number', () => {
    for (const figure of drawn) {
      expect(figure.svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(drawnOf(figure).words.join(' ')).not.toMatch(/null/);
    }
  });

  test('keeps to the sheet', () => {
    for (const { svg } of drawn) {
      for (const [, x] of svg.matchAll(/<(?:text|rect|circle)[^>]*? c?x="(-?[\d.]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(960);
      }
    }
  });

  test('the same report gives the same bytes', () => {
    expect(probeFigures(structuredClone(report))).toEqual(drawn);
  });
});

test('nothing is drawn of nothing', () => {
  expect(probeFigures(emptyReport())).toEqual([]);
});
