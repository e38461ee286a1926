import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { METRICS, PREFIX, type MetricDefinition } from '../../schemas/metrics.js';
import { metricsPage } from '../../schemas/metrics_page.js';

const all = Object.entries<MetricDefinition>(METRICS);
const named = (name: string): MetricDefinition | undefined => all.find(([other]) => other === name)?.[1];

test('docs/metrics.md is what `npm run generate` makes', async () => {
  expect(readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')).toBe(await metricsPage());
});

describe.each(all)('%s', (name, { type, help, labels, error, interval, unit }) => {
  test('is named as Prometheus names metrics', () => {
    expect(PREFIX + name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    if (unit === 'percentunit') expect(name).toMatch(/_ratio$/);
    if (unit === 's') expect(name).toMatch(/_seconds$/);
  });

  test('says what it is in one line without quotes, which OpenMetrics would have to escape', () => {
    expect(help).toMatch(/^[^\n"\\]+$/);
    expect(help).not.toMatch(/\.$/);
  });

  test('has the labels of its error or interval, in the same unit', () => {
    for (const beside of [...(error ? [error] : []), ...(interval ?? [])]) {
      expect(named(beside)?.labels, beside).toEqual(labels);
      expect(named(beside)?.unit, beside).toBe(unit);
    }
    expect(labels).not.toContain('pipeline');
    expect(new Set(labels).size).toBe(labels.length);
  });
});
