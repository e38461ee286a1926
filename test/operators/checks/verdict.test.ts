import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../../operators/checks/check.js';
import { createVerdict, shown, verdict, type VerdictState } from '../../../operators/checks/verdict.js';
import { fromEntries } from './windows.js';

const config = { subject: 'H_T-high: bias', tolerance: 0.005, least: 100, warning: 0.6, raise: 1, clear: 3 };
const finding = (statistic: number, since: number | null = 12): Finding => ({
  alarm: statistic > 5,
  statistic,
  threshold: 5,
  since,
  shift: null,
  logP: null,
  reason: null,
});
const bad = { value: -0.0123, error: 0.001, n: 1000, finding: finding(9) };
const medium = { value: -0.003, error: 0.001, n: 1000, finding: finding(6) };
const warning = { value: 0.001, error: 0.001, n: 1000, finding: finding(4, 14) };
const good = { value: 0.001, error: 0.001, n: 1000, finding: finding(0, null) };
const none = { value: null, error: null, n: 3, finding: finding(9) };

const after = (inputs: readonly (typeof bad | typeof none)[], given = config): VerdictState =>
  fromEntries(inputs).reduce(verdict, createVerdict(given));

it('says why in words', () => {
  expect(after([bad])).toMatchObject({
    verdict: 'bad',
    reason: 'H_T-high: bias −0.0123 ± 0.0010 is 7.3 sigma beyond the tolerance 0.005 since window 12',
  });
  expect(after([medium])).toMatchObject({
    verdict: 'medium',
    reason: 'H_T-high: bias −0.0030 ± 0.0010 has changed significantly since window 12, within the tolerance 0.005',
  });
  expect(after([warning]).reason).toBe(
    'H_T-high: bias 0.0010 ± 0.0010 may be changing since window 14: the check is at 80 % of its threshold',
  );
  expect(after([good]).reason).toBe('H_T-high: bias 0.0010 ± 0.0010 is within the tolerance 0.005');
  expect(after([{ ...good, value: 0.03 }]).reason).toContain('beyond the tolerance 0.005, not significantly');
  expect(after([none])).toMatchObject({ verdict: 'null', reason: 'H_T-high: bias: 3 events, 100 are needed' });
  expect(after([{ ...none, n: 500 }]).reason).toContain('the value or its error is not known');
  expect(createVerdict(config)).toMatchObject({ verdict: 'null', reason: 'H_T-high: bias: no window yet' });
});

it('goes up at once and down after three quieter windows, to the worst of them', () => {
  expect(after([bad, good, good])).toMatchObject({ verdict: 'bad', since: 0 });
  expect(after([bad, good, good]).reason).toContain('; bad still: 3 windows in a row clear it, this is number 2');
  expect(after([bad, good, good, bad, good]).verdict).toBe('bad');
  expect(after([bad, good, good, good])).toMatchObject({ verdict: 'good', since: null });
  expect(after([bad, good, medium, good])).toMatchObject({ verdict: 'medium', since: 3 });
});

it('goes up after `raise` windows, to the mildest of them', () => {
  const slow = { ...config, raise: 2 };
  expect(after([good, bad], slow).verdict).toBe('good');
  expect(after([good, bad, good, bad], slow).verdict).toBe('good');
  expect(after([good, bad, bad], slow)).toMatchObject({ verdict: 'bad', since: 2 });
  expect(after([good, bad, medium], slow).verdict).toBe('medium');
});

it('shows null without events, and the level holds when they return', () => {
  expect(after([bad, none])).toMatchObject({ verdict: 'null', level: 'bad' });
  expect(after([bad, none, good]).verdict).toBe('bad');
  expect(after([bad, good, none, good, none, good]).verdict).toBe('good');
});

it('never rests below what the last window with events says, and comes down to what 2 clear − 1 of them say', () => {
  const rank = { null: -1, good: 0, medium: 1, bad: 2 };
  const kinds = { good, medium, bad, none };
  const name = fc.constantFrom<keyof typeof kinds>('good', 'medium', 'bad', 'none');
  fc.assert(
    fc.property(fc.array(name), fc.array(name, { maxLength: 2 }), name, (before, between, last) => {
      // A row of clear − 1 that ended with a step to something worse, and one of `clear` from there.
      const names = [...before, ...between, ...Array<keyof typeof kinds>(5).fill(last)];
      const state = after(names.map((one) => kinds[one]));
      if (last === 'none') expect(state.verdict).toBe('null');
      else expect(state.level).toBe(last);
      const known = before.filter((one) => one !== 'none').map((one) => rank[one]);
      expect(rank[after(before.map((one) => kinds[one])).level]).toBeGreaterThanOrEqual(known.at(-1) ?? 0);
    }),
    { numRuns: 500, examples: [[['bad', 'medium'], [], 'good']] },
  );
});

it('rounds a number to two digits of its error', () => {
  expect(shown(-0.01234, 0.00098)).toBe('−0.01234 ± 0.00098');
  expect(shown(123.4, 12)).toBe('123 ± 12');
  expect(shown(1.5, 1.2)).toBe('1.5 ± 1.2');
});
