import { describe, expect, test } from 'vitest';
import { METRICS } from '../../../schemas/metrics.js';
import { exposition, type ExpositionOptions } from '../../../sinks/prometheus/exposition.js';
import type { Family } from '../../../sinks/prometheus/family.js';
import { observeBatch } from '../../../sinks/prometheus/process_metrics.js';
import { parseExposition } from '../../support/exposition.js';

const gauge = (rows: Family['rows']): Family => ({ name: 'quality', rows });
const text = (families: readonly Family[], options: ExpositionOptions = {}) =>
  exposition(families, { pipeline: 'p' }, options);
const shown = async (...families: Family[]) => Object.fromEntries(parseExposition(await text(families)));

test('values are exact, with their labels and those of all', async () => {
  const rows: Family['rows'] = [
    [{ regime: '0' }, 0.1],
    [{ regime: '1' }, 2 ** 53 - 1],
    [{ regime: 'a "quoted" \\ one\n' }, -0.5],
  ];
  expect(await shown(gauge(rows))).toEqual({
    'regimewatch_quality{pipeline="p",regime="0"}': 0.1,
    'regimewatch_quality{pipeline="p",regime="1"}': 2 ** 53 - 1,
    'regimewatch_quality{pipeline="p",regime="a \\"quoted\\" \\\\ one\\n"}': -0.5,
  });
});

test('help and type are those of schemas/metrics.ts', async () => {
  const lines = (await text([gauge([[{ regime: '0' }, 1]]), { name: 'windows_total', rows: [[{}, 2]] }])).split('\n');
  expect(lines).toContain(`# HELP regimewatch_quality ${METRICS.quality.help}`);
  expect(lines).toContain('# TYPE regimewatch_quality gauge');
  expect(lines).toContain('# TYPE regimewatch_windows_total counter');
});

test('counters may be 0', async () => {
  expect(await shown({ name: 'windows_total', rows: [[{}, 0]] })).toEqual({
    'regimewatch_windows_total{pipeline="p"}': 0,
  });
});

test('what is not known is absent, and a metric of which nothing is known altogether', async () => {
  const rows: Family['rows'] = [
    [{ regime: '0' }, null],
    [{ regime: '1' }, undefined],
    [{ regime: '2' }, 3],
  ];
  expect(await shown(gauge(rows))).toEqual({ 'regimewatch_quality{pipeline="p",regime="2"}': 3 });
  expect(await text([gauge(rows.slice(0, 2))])).not.toContain('regimewatch_quality');
});

test('a label that the metric has not is refused', () => {
  expect(() => text([gauge([[{ colour: 'red' }, 1]])])).toThrow(/colour/);
});

describe('OpenMetrics', () => {
  const counted: Family = { name: 'events_total', rows: [[{ outcome: 'read' }, 7]] };

  test('names the family of a counter without its suffix, and ends', async () => {
    const lines = (await text([counted], { openMetrics: true })).split('\n');
    expect(lines).toContain('# TYPE regimewatch_events counter');
    expect(lines).toContain('regimewatch_events_total{outcome="read",pipeline="p"} 7');
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
  });

  test('has exemplars of batch_seconds: the window; the text format has none', async () => {
    observeBatch('p', 0.004, 17);
    const open = await text([], { openMetrics: true, process: true });
    expect(open).toMatch(
      /^regimewatch_batch_seconds_bucket\{le="0\.005",pipeline="p"\} \d+ # \{window="17"\} 0\.004 \d+(\.\d+)?$/m,
    );
    expect(await text([], { process: true })).not.toContain('# {');
  });

  test('and the text format may be asked for in turn', async () => {
    const both = async () => [
      await text([counted], { openMetrics: true, process: true }),
      await text([counted], { process: true }),
    ];
    const names = (one: string) => one.split('\n').filter((line) => line.startsWith('# TYPE'));
    const [first, second] = [await both(), await both()];
    expect(second.map(names)).toEqual(first.map(names));
    expect(second[1]).toMatch(/^process_cpu_seconds_total\{pipeline="p"\} /m);
    expect(second[0]).toMatch(/^# TYPE process_cpu_seconds counter$/m);
  });
});
