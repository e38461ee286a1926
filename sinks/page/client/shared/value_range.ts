import type { Estimate } from '../../../../schemas/report.js';

/** Both ends of an error bar; nothing for what is not known. */
export const endsOf = ({ value, error }: Estimate): number[] =>
  value === null ? [] : [value - (error ?? 0), value + (error ?? 0)];

/** Range that holds all of these, with some room around them. */
export function valueRange(ends: readonly number[]): readonly [number, number] {
  const low = ends.reduce((a, b) => Math.min(a, b), Infinity);
  const high = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(low <= high)) return [-1, 1];
  const room = 0.08 * (high - low) || 0.001;
  return [low - room, high + room];
}
