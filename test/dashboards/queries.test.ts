import { parser } from '@prometheus-io/lezer-promql';
import { expect, test } from 'vitest';
import { REJECTED_SHARE } from '../../dashboards/recording_rules.js';
import { METRICS, PREFIX, type MetricName } from '../../schemas/metrics.js';
import { bundled, filledIn, parsed, queriesOf } from '../support/dashboards.js';

const VALUES = { pipeline: 'p', regime: '1|2', probe: 'b', instance: 'i' };

/** Series that are not the program's own: one that a rule records, Prometheus' of alerts, prom-client's of the process. */
const FOREIGN = [
  REJECTED_SHARE,
  'ALERTS',
  'ALERTS_FOR_STATE',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
];
/** Labels that Prometheus adds, and those that queries make for themselves. */
const ADDED = ['pipeline', 'instance', 'job', 'le'];
const MADE: readonly string[] = ['x_low', 'y_low', 'low', 'label'];
const OF_ALERTS = ['alertname', 'alertstate', 'severity', 'regime', 'pipeline'];

interface Found {
  readonly errors: string[];
  readonly selectors: { readonly name: string; readonly labels: string[] }[];
  readonly grouped: string[];
}

function read(expr: string): Found {
  const found: Found = { errors: [], selectors: [], grouped: [] };
  parser.parse(expr).iterate({
    enter: ({ type, from, to, node }) => {
      const text = expr.slice(from, to);
      if (type.isError) found.errors.push(`${text || '(nothing)'} at ${from}`);
      if (type.name === 'VectorSelector') {
        const name = node.getChild('Identifier');
        const labels: string[] = [];
        node.cursor().iterate((inner) => {
          if (inner.name === 'LabelName') labels.push(expr.slice(inner.from, inner.to));
        });
        found.selectors.push({ name: name ? expr.slice(name.from, name.to) : '', labels });
      }
      if (type.name === 'GroupingLabels')
        node.cursor().iterate((inner) => {
          if (inner.name === 'LabelName') found.grouped.push(expr.slice(inner.from, inner.to));
        });
    },
  });
  return found;
}

const definitionOf = (name: string) =>
  METRICS[name.slice(PREFIX.length).replace(/_bucket$/, '') as MetricName] as
    { readonly labels: readonly string[]; readonly of: string } | undefined;

test('the parser tells a wrong query', () => {
  expect(read('sum by (a (b)').errors).not.toEqual([]);
  expect(read('max by (a) (b{c="d"}[5m:]) offset 1m').selectors).toEqual([{ name: 'b', labels: ['c'] }]);
});

test('every query parses, and asks for what there is, of the chosen pipeline', async () => {
  const wrong: string[] = [];
  let count = 0;
  for (const pipeline of await bundled())
    for (const { where, expr } of parsed(pipeline).flatMap(queriesOf)) {
      count++;
      const { errors, selectors, grouped } = read(filledIn(expr, VALUES, 15));
      if (errors.length > 0) wrong.push(`${where}: ${errors.join(', ')}: ${expr}`);
      const known = new Set([...ADDED, ...MADE]);
      for (const { name, labels } of selectors) {
        const definition = definitionOf(name);
        if (definition === undefined && !FOREIGN.includes(name)) wrong.push(`${where}: no metric ${name}`);
        if (definition?.of === 'report') wrong.push(`${where}: ${name} is of reports alone`);
        const own = definition ? [...definition.labels, ...ADDED] : OF_ALERTS;
        for (const label of own) known.add(label);
        for (const label of labels) if (!own.includes(label)) wrong.push(`${where}: ${name} has no label ${label}`);
        if (!name.startsWith('process_') && !labels.includes('pipeline'))
          wrong.push(`${where}: ${name} of any pipeline`);
      }
      for (const label of grouped) if (!known.has(label)) wrong.push(`${where}: grouped by ${label}: ${expr}`);
    }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(300);
});

test('what a window tells is shown, and what a worker tells', async () => {
  const shown = new Set(
    (await bundled())
      .flatMap(parsed)
      .flatMap(queriesOf)
      .flatMap(({ expr }) => [...expr.matchAll(/regimewatch_(\w+)/g)].map(([, name]) => name!.replace(/_bucket$/, ''))),
  );
  const hidden = Object.entries(METRICS)
    .filter(([name, { of }]) => of !== 'report' && !shown.has(name))
    .map(([name]) => name);
  // Shown where a pipeline has its truth on a topic of its own.
  expect(hidden).toEqual(['joined_total', 'join_waiting_events']);
});
