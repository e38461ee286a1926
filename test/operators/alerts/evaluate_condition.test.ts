import { describe, expect, test } from 'vitest';
import * as build from '../../../operators/alerts/conditions.js';
import { evaluateCondition } from '../../../operators/alerts/evaluate_condition.js';
import type { Condition, Sample } from '../../../operators/alerts/types.js';

const sample = (name: string, labels: Record<string, string>, value: number): Sample => ({ name, labels, value });
const samples = [
  sample('core', { regime: '0' }, 0.001),
  sample('core', { regime: '1' }, -0.02),
  sample('core', { regime: '2' }, NaN),
  sample('error', { regime: '0' }, 0.001),
  sample('error', { regime: '1' }, 0.002),
  sample('info', { regime: '1', label: 'high' }, 1),
  sample('many', { regime: '1', bin: 'a' }, 3),
  sample('many', { regime: '1', bin: 'b' }, 4),
];
const { metric, number, on } = build;
const value = (condition: Condition) => evaluateCondition(condition, [{ time: 1000, samples }]);
/** Labels and value, in the order of the labels. */
const rows = (condition: Condition) => {
  const found = value(condition);
  if (typeof found === 'number') throw new Error('a scalar');
  return found.map(({ labels, value: x }) => [labels, x]);
};

test('scalars', () => {
  expect(value(build.minus(build.now, number(400)))).toBe(600);
  expect(() => value(build.above(number(1), number(2)))).toThrow(/'>' between two scalars/);
  expect(() => value(build.abs(number(1)))).toThrow(/a scalar where 'number' should be a vector/);
});

test('a comparison keeps what it holds for, with the value of the vector; NaN compares false', () => {
  expect(rows(build.above(metric('core'), number(0)))).toEqual([[{ regime: '0' }, 0.001]]);
  expect(rows(build.below(number(0), metric('core')))).toEqual([[{ regime: '0' }, 0.001]]);
  expect(rows(build.above(build.abs(metric('core')), metric('error')))).toEqual([[{ regime: '1' }, 0.02]]);
});

test('vectors are matched by all labels but the name; what has no partner is left out', () => {
  expect(rows(build.over(metric('core'), metric('error')))).toEqual([
    [{ regime: '0' }, 1],
    [{ regime: '1' }, -10],
  ]);
  expect(rows(build.over(metric('core'), metric('info')))).toEqual([]);
  expect(rows(build.over(metric('core'), metric('info'), on('regime')))).toEqual([[{ regime: '1' }, -0.02]]);
});

test('group_left keeps the many side and takes labels of the other', () => {
  const grouped = { ...build.times(metric('many'), metric('info'), on('regime')), groupLeft: ['label'] } as Condition;
  expect(rows(grouped)).toEqual([
    [{ regime: '1', bin: 'a', label: 'high' }, 3],
    [{ regime: '1', bin: 'b', label: 'high' }, 4],
  ]);
});

test('two partners are an error, as in Prometheus', () => {
  expect(() => value(build.times(metric('info'), metric('many'), on('regime')))).toThrow(/two samples .* on the right/);
  expect(() => value(build.times(metric('many'), metric('info'), on('regime')))).toThrow(/two samples .* on the left/);
});

describe('sets', () => {
  test('and, or, unless', () => {
    const sound = build.below(build.abs(metric('core')), number(0.01));
    expect(rows(build.and(metric('error'), sound))).toEqual([[{ regime: '0' }, 0.001]]);
    expect(rows(build.unless(metric('error'), sound))).toEqual([[{ regime: '1' }, 0.002]]);
    expect(rows(build.or(sound, metric('error')))).toEqual([
      [{ regime: '0' }, 0.001],
      [{ regime: '1' }, 0.002],
    ]);
    expect(rows(build.and(metric('many'), sound, on()))).toHaveLength(2);
    expect(rows(build.unless(metric('many'), metric('info'), on('regime')))).toEqual([]);
  });
});

test('aggregates; NaN only where there is nothing else', () => {
  expect(rows(build.sum(['regime'], metric('many')))).toEqual([[{ regime: '1' }, 7]]);
  expect(rows(build.max([], metric('core')))).toEqual([[{}, 0.001]]);
  expect(rows({ kind: 'aggregate', by: [], with: 'min', of: metric('core') })).toEqual([[{}, -0.02]]);
  expect(rows({ kind: 'aggregate', by: ['regime'], with: 'count', of: metric('many') })).toEqual([
    [{ regime: '1' }, 2],
  ]);
});

test('absent has the labels that were asked for', () => {
  expect(rows(build.absent(metric('none', { pipeline: 'p' })))).toEqual([[{ pipeline: 'p' }, 1]]);
  expect(rows(build.absent(metric('core')))).toEqual([]);
  expect(rows(build.absent(build.abs(metric('none', { pipeline: 'p' }))))).toEqual([[{}, 1]]);
});

test('increase sees the scrapes before; a metric sees the last one alone', () => {
  const scrapes = [0, 60, 120].map((time) => ({ time, samples: [sample('n', { o: 'x' }, time)] }));
  expect(evaluateCondition(build.increase('n', {}, 120), scrapes)).toEqual([
    { name: null, labels: { o: 'x' }, value: 120 },
  ]);
  expect(evaluateCondition(metric('n'), [...scrapes, { time: 180, samples: [] }])).toEqual([]);
  expect(() => evaluateCondition(metric('n'), [])).toThrow(/without a scrape/);
});
