import { Problem } from '../problem.js';
import { increaseOf, type Point } from './increase.js';
import { keepLabels, labelKey, type Element } from './label_sets.js';
import { joinScalar, joinScalars, joinSets, joinVectors } from './match_vectors.js';
import type { Condition, Labels, Scrape } from './types.js';

/** A scalar or a vector, as PromQL has them. */
type Value = number | readonly Element[];

const AGGREGATES: Record<Extract<Condition, { kind: 'aggregate' }>['with'], (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((total, value) => total + value, 0),
  count: (values) => values.length,
  // NaN only if there is nothing else.
  max: (values) => values.reduce((a, b) => (a < b || Number.isNaN(a) ? b : a)),
  min: (values) => values.reduce((a, b) => (a > b || Number.isNaN(a) ? b : a)),
};

/**
 * What PromQL gives for the condition at the instant of the last scrape (Prometheus 2.42, promql/engine.go). A sample
 * that the last scrape lacks is stale, as Prometheus marks it. NaN compares false, but for `!=`.
 */
export function evaluateCondition(condition: Condition, scrapes: readonly Scrape[]): Value {
  const last = scrapes[scrapes.length - 1];
  if (!last) throw new Problem(1, 'condition: evaluated without a scrape; give at least one');
  const vector = (of: Condition): readonly Element[] => {
    const value = evaluateCondition(of, scrapes);
    if (typeof value === 'number') throw new Problem(1, `condition: a scalar where '${of.kind}' should be a vector`);
    return value;
  };
  switch (condition.kind) {
    case 'metric':
      return select(last, condition.name, condition.labels);
    case 'number':
      return condition.value;
    case 'time':
      return last.time;
    case 'abs':
      return vector(condition.of).map(({ labels, value }) => ({ name: null, labels, value: Math.abs(value) }));
    case 'absent': {
      if (vector(condition.of).length > 0) return [];
      const labels = condition.of.kind === 'metric' ? (condition.of.labels ?? {}) : {};
      return [{ name: null, labels: keepLabels(labels, Object.keys(labels)), value: 1 }];
    }
    case 'increase':
      return increases(condition, scrapes, last.time);
    case 'aggregate': {
      const groups = new Map<string, { labels: Labels; values: number[] }>();
      for (const { labels: every, value } of vector(condition.of)) {
        const labels = keepLabels(every, condition.by);
        const key = labelKey(labels);
        const group = groups.get(key) ?? { labels, values: [] };
        if (group.values.push(value) === 1) groups.set(key, group);
      }
      const total = AGGREGATES[condition.with];
      return [...groups.values()].map(({ labels, values }) => ({ name: null, labels, value: total(values) }));
    }
    case 'binary': {
      const { op } = condition;
      const [left, right] = [evaluateCondition(condition.left, scrapes), evaluateCondition(condition.right, scrapes)];
      if (typeof left === 'number')
        return typeof right === 'number' ? joinScalars(op, left, right) : joinScalar(op, right, left, true);
      if (typeof right === 'number') return joinScalar(op, left, right, false);
      const isSet = op === 'and' || op === 'or' || op === 'unless';
      return isSet ? joinSets(condition, left, right) : joinVectors(condition, left, right);
    }
  }
}

const select = ({ samples }: Scrape, name: string, wanted: Labels = {}): Element[] =>
  samples.filter((sample) => sample.name === name && has(sample.labels, wanted));

export const has = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([name, text]) => (labels[name] ?? '') === text);

function increases(
  { name, labels, seconds }: Extract<Condition, { kind: 'increase' }>,
  scrapes: readonly Scrape[],
  end: number,
): Element[] {
  const series = new Map<string, { labels: Labels; points: Point[] }>();
  for (const scrape of scrapes) {
    if (scrape.time < end - seconds) continue;
    for (const one of select(scrape, name, labels)) {
      const key = labelKey(one.labels);
      const found = series.get(key) ?? { labels: one.labels, points: [] };
      if (found.points.push({ time: scrape.time, value: one.value }) === 1) series.set(key, found);
    }
  }
  return [...series.values()].flatMap(({ labels: own, points }) => {
    const value = increaseOf(points, end, seconds);
    return value === null ? [] : [{ name: null, labels: own, value }];
  });
}
