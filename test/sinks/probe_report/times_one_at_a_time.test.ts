import { expect, test } from 'vitest';
import { timesOneAtATime } from '../../../sinks/probe_report/times_one_at_a_time.js';

const estimate = (value: number | null, error: number | null) => ({ value, error });

test('the size of a quotient, with relative errors in quadrature', () => {
  // |−3| / 2 with 3 % and 4 %: 1.5 with 5 %.
  const times = timesOneAtATime(estimate(-3, 0.09), estimate(2, 0.08));
  expect(times!.value).toBe(1.5);
  expect(times!.error).toBeCloseTo(0.075, 14);
});

test('a shift of 0 is 0 of it, known to its own error', () => {
  expect(timesOneAtATime(estimate(0, 0.1), estimate(0.5, 0.1))).toEqual({ value: 0, error: 0.2 });
});

test('nothing to compare with is null', () => {
  expect(timesOneAtATime(estimate(null, null), estimate(1, 0.1))).toBeNull();
  expect(timesOneAtATime(estimate(1, 0.1), estimate(null, null))).toBeNull();
  expect(timesOneAtATime(estimate(1, 0.1), estimate(0, 0.1))).toBeNull();
});
