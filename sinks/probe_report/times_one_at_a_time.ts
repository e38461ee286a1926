import type { Estimate } from '../../schemas/report.js';

/**
 * |shift| / today and its error to first order, the two taken as independent; a shift of 0 is 0 of it. Null where one
 * of them is not known or `today` is 0.
 */
export function timesOneAtATime(shift: Estimate, today: Estimate): { value: number; error: number } | null {
  if (shift.value === null || today.value === null || today.value === 0) return null;
  const value = Math.abs(shift.value / today.value);
  const [a, b] = [(shift.error ?? 0) / today.value, (value * (today.error ?? 0)) / today.value];
  return { value, error: Math.sqrt(a * a + b * b) };
}
