import { expect, test } from 'vitest';
import { probeFamilies, type ProbeFacts } from '../../../sinks/prometheus/probe_families.js';

const share = (k: number, value: number | null) => ({ k, value, low: 0.1, high: 0.4 });
const row = (regime: number | 'all' | null, right: number): ProbeFacts['rows'][number] => ({
  ...{ regime, right, wrong: 2, unanswered: 1, skipped: 3 },
  ...{ fooled: share(4, right ? 4 / right : null), random: share(1, right ? 1 / right : null) },
  difference: { value: right ? 3 / right : null, error: right ? 0.05 : null },
});
const rowsOf = (name: string, facts: readonly ProbeFacts[]) =>
  probeFamilies(facts).find((one) => one.name === name)!.rows;
const facts = [{ probe: 'lep', model: 'm', rows: [row('all', 16), row(0, 16), row(null, 0)] }];

test('outcomes are disjoint, and the union of the regimes is left to the reader', () => {
  const counts = rowsOf('probe_events_total', facts).filter(([{ regime }]) => regime === '0');
  expect(counts.map(([{ outcome }, n]) => [outcome, n])).toEqual([
    ['right', 12],
    ['fooled', 4],
    ['wrong', 2],
    ['unanswered', 1],
    ['skipped', 3],
  ]);
  expect(rowsOf('probe_events_total', facts).some(([{ regime }]) => regime === 'all')).toBe(false);
});

test('the share fooled stands beside the control, where any event was right', () => {
  const shares = rowsOf('probe_fooled_ratio', facts);
  expect(shares.filter(([{ regime }]) => regime === '0')).toEqual([
    [{ probe: 'lep', model: 'm', regime: '0', direction: 'adversarial' }, 0.25],
    [{ probe: 'lep', model: 'm', regime: '0', direction: 'random' }, 0.0625],
  ]);
  expect(shares.some(([{ regime }]) => regime === 'none')).toBe(false);
  expect(rowsOf('probe_excess_error_ratio', facts).map(([, error]) => error)).toEqual([0.05, 0.05, null]);
});
