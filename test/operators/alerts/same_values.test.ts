import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { absent, metric, number, now } from '../../../operators/alerts/conditions.js';
import { evaluateCondition } from '../../../operators/alerts/evaluate_condition.js';
import { promql } from '../../../operators/alerts/promql.js';
import type { Condition, Labels } from '../../../operators/alerts/types.js';
import { hashKey } from '../../../operators/hash.js';
import { runTool, toolsOrSkip } from '../../support/prometheus_tools.js';
import { scrapesOf, seriesText, type Series } from '../../support/random_series.js';
import { scratch } from '../../support/scratch.js';

const STEP = 15;
const LENGTH = 30;
const RUNS = 60;
const CONDITIONS = 25;

// Few values and few labels, so that there are ties, partners and duplicates.
const value = fc.integer({ min: -4, max: 8 }).map((i) => i / 4);
const labels: fc.Arbitrary<Labels> = fc.record({ x: fc.constantFrom('0', '1', '2'), y: fc.constantFrom('p', 'q') });
const values = (one: fc.Arbitrary<number>) =>
  fc.array(fc.option(one, { freq: 6 }), { minLength: LENGTH, maxLength: LENGTH });
const counter = values(fc.integer({ min: -1, max: 3 })).map((steps) => {
  let total = 3;
  // A step of −1 begins anew.
  return steps.map((step) => (step === null ? null : (total = step < 0 ? 0 : total + step)));
});
const series: fc.Arbitrary<Series[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({ name: fc.constantFrom('a', 'b', 'c'), labels, values: values(value) }),
    fc.record({ name: fc.constant('n_total'), labels, values: counter }),
  ),
  { minLength: 6, maxLength: 16, selector: ({ name, labels: own }) => JSON.stringify([name, own]) },
);

const matching = fc.constantFrom(undefined, { on: [] }, { on: ['x'] }, { ignoring: ['x'] }, { on: ['x', 'y'] });
const seconds = fc.constantFrom(40, 60, 100, 240, 600);
const offset = fc.constantFrom(undefined, 15, 50, 120);
const arithmetic = fc.constantFrom('+', '-', '*', '/');
const comparison = fc.constantFrom('>', '>=', '<', '<=', '==', '!=');
const set = fc.constantFrom('and', 'or', 'unless');
const some = fc.constantFrom<Labels | undefined>(undefined, { x: '1' }, { x: '0', y: 'p' }, { y: '' });

type Op = Extract<Condition, { kind: 'binary' }>['op'];
const binary = (op: string, left: Condition, right: Condition, more: object = {}): Condition => ({
  ...{ kind: 'binary', op: op as Op, left, right },
  ...more,
});

const { vector } = fc.letrec<{ vector: Condition; scalar: Condition }>((tie) => ({
  scalar: fc.oneof(
    { maxDepth: 2 },
    value.map(number),
    fc.constant(now),
    fc.tuple(arithmetic, tie('scalar'), tie('scalar')).map(([op, left, right]) => binary(op, left, right)),
  ),
  vector: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.tuple(fc.constantFrom('a', 'b', 'c'), some).map(([name, own]) => metric(name, own)),
    fc
      .tuple(some, seconds)
      .map(([own, range]): Condition => ({ kind: 'increase', name: 'n_total', labels: own ?? {}, seconds: range })),
    fc
      .tuple(fc.constantFrom('min', 'max', 'median'), fc.constantFrom('a', 'b', 'n_total'), some, seconds, offset)
      .map(([how, name, own, range, back]): Condition => ({
        ...{ kind: 'over_time', with: how, name, seconds: range },
        ...(own ? { labels: own } : {}),
        ...(back === undefined ? {} : { offset: back }),
      })),
    fc
      .tuple(fc.constantFrom('sum', 'max', 'min', 'count'), fc.subarray(['x', 'y']), tie('vector'))
      .map(([how, by, of]): Condition => ({ kind: 'aggregate', by, with: how, of })),
    fc
      .tuple(fc.constantFrom('abs', 'absent'), tie('vector'))
      .map(([kind, of]): Condition => (kind === 'abs' ? { kind: 'abs', of } : absent(of))),
    fc
      .tuple(fc.oneof(arithmetic, comparison), tie('vector'), tie('scalar'), fc.boolean())
      .map(([op, of, scalar, first]) => (first ? binary(op, scalar, of) : binary(op, of, scalar))),
    fc
      .tuple(fc.oneof(arithmetic, comparison, set), tie('vector'), tie('vector'), matching)
      .map(([op, left, right, how]) => binary(op, left, right, how ? { matching: how } : {})),
    fc
      .tuple(fc.oneof(arithmetic, comparison), tie('vector'), tie('vector'))
      .map(([op, left, right]) => binary(op, left, right, { matching: { on: ['x'] }, groupLeft: ['y'] })),
  ),
}));

const labelText = (name: string | null, own: Labels): string =>
  `${name ?? ''}{${Object.entries(own)
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `${label}="${text}"`)
    .join(', ')}}`;

type Scrapes = ReturnType<typeof scrapesOf>;

/** The values by label, as one text. */
function valuesOf(condition: Condition, scrapes: Scrapes): string {
  const found = evaluateCondition(condition, scrapes);
  if (typeof found === 'number') return String(found);
  return found
    .map((sample) => `${labelText(sample.name, sample.labels)} ${sample.value}`)
    .sort()
    .join('\n');
}

const ORDERS = 200;
/** The series in many orders: a sum of fractions may round otherwise in another one. */
const orders = (made: readonly Series[]): Series[][] =>
  Array.from({ length: ORDERS }, (_, order) =>
    made
      .map((one, i) => ({ one, place: hashKey(order, i, 3) }))
      .sort((p, q) => p.place - q.place)
      .map(({ one }) => one),
  );
const sums = (condition: Condition): boolean => JSON.stringify(condition).includes('"with":"sum"');

const folder = scratch();

describe.skipIf(!toolsOrSkip('promtool'))('with the real Prometheus', () => {
  test('random conditions over random series: the same samples', async () => {
    let [compared, filled] = [0, 0];
    const groups = fc.sample(fc.tuple(series, fc.array(vector, { minLength: CONDITIONS, maxLength: CONDITIONS })), {
      ...{ numRuns: RUNS, seed: 7 },
    });
    const tests = groups.map(([made, conditions]) => {
      const scrapes = scrapesOf(made, LENGTH, STEP);
      const reordered = orders(made).map((all) => scrapesOf(all, LENGTH, STEP));
      const expressions = conditions.flatMap((one, i) => {
        const instant = LENGTH - 1 - (i % 10);
        let found;
        try {
          found = evaluateCondition(one, scrapes.slice(0, instant + 1));
        } catch {
          // Two partners for a sample: there it is an error of the query, and no sample to compare.
          return [];
        }
        if (typeof found === 'number' || found.some((sample) => Number.isNaN(sample.value))) return [];
        // Prometheus adds series in an order that changes from run to run.
        const until = (all: Scrapes): string => valuesOf(one, all.slice(0, instant + 1));
        if (sums(one) && reordered.some((all) => until(all) !== until(scrapes))) return [];
        compared++;
        if (found.length > 0) filled++;
        const samples = found.map((sample) => ({ labels: labelText(sample.name, sample.labels), value: sample.value }));
        return [{ expr: promql(one), eval_time: `${instant * STEP}s`, exp_samples: samples }];
      });
      return { interval: `${STEP}s`, input_series: made.map(seriesText), promql_expr_test: expressions };
    });
    const file = join(folder, 'tests.yaml');
    writeFileSync(file, stringify({ rule_files: [], evaluation_interval: `${STEP}s`, tests }, { lineWidth: 0 }));
    const { code, output } = await runTool('promtool', 'test', 'rules', file);
    expect(output.slice(0, 6000)).toContain('SUCCESS');
    expect(code).toBe(0);
    expect(compared).toBeGreaterThan(0.6 * RUNS * CONDITIONS);
    expect(filled).toBeGreaterThan(0.3 * RUNS * CONDITIONS);
  });
});
