import { Problem } from '../problem.js';
import { evaluateCondition } from './evaluate_condition.js';
import type { RecordingRule, Scrape } from './types.js';

/** The last scrape with the series that the rules make of it; a rule sees those of the rules before it. */
export function withRecords(records: readonly RecordingRule[], scrapes: readonly Scrape[]): Scrape {
  const earlier = scrapes.slice(0, -1);
  let last = scrapes[scrapes.length - 1];
  if (!last) throw new Problem(1, 'records: evaluated without a scrape; give at least one');
  for (const { record, is } of records) {
    const value = evaluateCondition(is, [...earlier, last]);
    const elements = typeof value === 'number' ? [{ labels: {}, value }] : value;
    const made = elements.map(({ labels, value: x }) => ({ name: record, labels, value: x }));
    last = { ...last, samples: [...last.samples, ...made] };
  }
  return last;
}
