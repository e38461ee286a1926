import { Problem } from '../problem.js';
import { increaseOf } from './increase.js';
import { keepLabels, labelKey, type Element } from './label_sets.js';
import { OVER_TIME } from './over_time.js';
import { rangeVectors } from './range_vectors.js';
import { samplesNamed } from './samples_named.js';
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
      return samplesNamed(last, condition.name, condition.labels);
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
      return rangeVectors(condition, scrapes).flatMap(({ labels, points }) => {
        const value = increaseOf(points, last.time, condition.seconds);
        return value === null ? [] : [{ name: null, labels, value }];
      });
    case 'over_time':
      return rangeVectors(condition, scrapes).map(({ labels, points }) => {
        return { name: null, labels, value: OVER_TIME[condition.with](points.map(({ value }) => value)) };
      });
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
