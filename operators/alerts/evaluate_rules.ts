import { Problem } from '../problem.js';
import { alertSamples } from './alert_samples.js';
import { evaluateCondition } from './evaluate_condition.js';
import { labelKey } from './label_sets.js';
import { selectorsOf } from './selectors_of.js';
import type { AlertRule, AlertState, Scrape } from './types.js';

/**
 * What becomes of the alerts at the instant of the last scrape, as Prometheus 2.42 has it (rules/alerting.go): an element
 * of a rule's condition is pending, and fires once the condition has held for `forSeconds`; it ends at the first instant
 * at which the condition does not hold. Rules are evaluated one after another, and a condition sees the alerts as
 * `ALERTS{alertname, alertstate, ...}`: those of earlier rules of this instant, and of itself and later ones as of `before`;
 * those of earlier instants as far as the earlier scrapes have them (alertSamples).
 *
 * @param before what the previous instant gave
 * @returns by rule, in the order of the rules
 */
export function evaluateRules(
  rules: readonly AlertRule[],
  before: readonly AlertState[],
  scrapes: readonly Scrape[],
): AlertState[] {
  const earlier = scrapes.slice(0, -1);
  const last = scrapes[scrapes.length - 1];
  if (!last) throw new Problem(1, 'rules: evaluated without a scrape; give at least one');
  // A scrape has many more series than rules watch.
  const names = new Set(rules.flatMap(({ when }) => selectorsOf(when)).map(({ name }) => name));
  const watched = last.samples.filter(({ name }) => names.has(name));
  const states = new Map(rules.map((rule) => [rule.name, before.filter((state) => state.rule === rule.name)]));
  for (const rule of rules) {
    const alerts = alertSamples(rules, [...states.values()].flat());
    const value = evaluateCondition(rule.when, [...earlier, { ...last, samples: [...watched, ...alerts] }]);
    if (typeof value === 'number')
      throw new Problem(1, `rule ${rule.name}: its condition is a scalar; make it a vector`);
    const known = new Map((states.get(rule.name) ?? []).map((state) => [labelKey(state.labels), state]));
    const found = new Map<string, AlertState>();
    for (const one of value) {
      const key = labelKey(one.labels);
      if (found.has(key)) throw new Problem(1, `rule ${rule.name}: two samples ${key}; aggregate by more labels`);
      const old = known.get(key);
      const activeAt = old?.activeAt ?? last.time;
      const isFiring = old?.state === 'firing' || last.time - activeAt >= rule.forSeconds;
      found.set(key, {
        ...{ rule: rule.name, labels: one.labels, state: isFiring ? 'firing' : 'pending', activeAt },
        ...{ firedAt: isFiring ? (old?.firedAt ?? last.time) : null, value: one.value },
      });
    }
    states.set(rule.name, [...found.values()]);
  }
  return rules.flatMap((rule) => states.get(rule.name) ?? []);
}
