import { describe, expect, test } from 'vitest';
import { above, and, metric, number } from '../../../operators/alerts/conditions.js';
import { evaluateRules } from '../../../operators/alerts/evaluate_rules.js';
import type { AlertRule, AlertState, Scrape } from '../../../operators/alerts/types.js';

const rule = (name: string, more: Partial<AlertRule> = {}): AlertRule => ({
  ...{ name, severity: 'page', area: 'response', forSeconds: 0, summary: [], description: [] },
  when: above(metric('x'), number(1)),
  ...more,
});
const scrape = (time: number, values: Record<string, number>): Scrape => ({
  time,
  samples: Object.entries(values).map(([regime, value]) => ({ name: 'x', labels: { regime }, value })),
});
/** State of each alert after each scrape. */
function course(rules: readonly AlertRule[], scrapes: readonly Scrape[]): string[][] {
  let states: AlertState[] = [];
  return scrapes.map((one) => {
    states = evaluateRules(rules, states, [one]);
    return states.map((s) => `${s.rule} ${s.labels['regime'] ?? ''} ${s.state} ${s.activeAt} ${s.firedAt ?? '-'}`);
  });
}

test('without for it fires at once and ends at once', () => {
  expect(
    course([rule('A')], [scrape(10, { a: 2, b: 0 }), scrape(20, { a: 3, b: 5 }), scrape(30, { a: 0, b: 2 })]),
  ).toEqual([['A a firing 10 10'], ['A a firing 10 10', 'A b firing 20 20'], ['A b firing 20 20']]);
});

test('it fires when the condition has held long enough; a gap begins anew', () => {
  const values = [2, 2, 0, 2, 2, 2];
  const scrapes = values.map((a, i) => scrape(10 * i, { a }));
  expect(course([rule('A', { forSeconds: 20 })], scrapes)).toEqual([
    ['A a pending 0 -'],
    ['A a pending 0 -'],
    [],
    ['A a pending 30 -'],
    ['A a pending 30 -'],
    ['A a firing 30 50'],
  ]);
});

test('a rule sees earlier rules as of this instant, itself and later ones as of the one before', () => {
  const follows = (name: string, of: string): AlertRule =>
    rule(name, { when: and(metric('x'), metric('ALERTS', { alertname: of, alertstate: 'firing' }), { on: [] }) });
  const rules = [follows('Early', 'A'), rule('A'), follows('Late', 'A')];
  expect(course(rules, [scrape(0, { a: 2 }), scrape(1, { a: 2 }), scrape(2, { a: 0 }), scrape(3, { a: 0 })])).toEqual([
    ['A a firing 0 0', 'Late a firing 0 0'],
    ['Early a firing 1 1', 'A a firing 0 0', 'Late a firing 0 0'],
    ['Early a firing 1 1'],
    [],
  ]);
});

describe('mistakes', () => {
  test('a scalar', () => {
    expect(() => evaluateRules([rule('A', { when: number(1) })], [], [scrape(0, {})])).toThrow(/rule A: .* a scalar/);
  });
  test('two samples with the same labels', () => {
    const samples = ['x', 'y'].map((name) => ({ name, labels: {}, value: 2 }));
    const or = { kind: 'binary', op: 'or', left: metric('x'), right: metric('y'), matching: { on: ['z'] } } as const;
    expect(evaluateRules([rule('A', { when: or })], [], [{ time: 0, samples }])).toHaveLength(1);
    const twice = samples.map((one) => ({ ...one, name: 'x' }));
    expect(() => evaluateRules([rule('A', { when: metric('x') })], [], [{ time: 0, samples: twice }])).toThrow(
      /rule A: two samples/,
    );
  });
  test('no scrape', () => {
    expect(() => evaluateRules([], [], [])).toThrow(/without a scrape/);
  });
});
