import type { ZoneReport } from '../../schemas/report.js';

export interface VariableScale {
  readonly domain: readonly [number, number];
  readonly log: boolean;
  /** Where a value lies: 0 at the left end, 1 at the right end. */
  readonly place: (x: number) => number;
}

/** Ratio of the highest to the lowest value from which on a scale is logarithmic. */
const WIDE = 20;

/**
 * The axis of a context variable over all its profiles, with a little room: logarithmic for what has a unit, is positive
 * and spans more than a factor of 20; linear else. Null without a point.
 */
export function variableScale({ profiles, unit }: ZoneReport): VariableScale | null {
  const all = profiles.flatMap(({ centre }) => centre);
  if (all.length === 0) return null;
  const [first, last] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  const log = unit !== null && first > 0 && last / first > WIDE;
  const room = 0.03 * (last - first) || Math.abs(first) || 1;
  const low = first >= 0 ? Math.max(0, first - room) : first - room;
  const domain = log ? ([first / 1.12, last * 1.12] as const) : ([low, last + room] as const);
  const at = log ? Math.log : (x: number) => x;
  const [a, b] = [at(domain[0]), at(domain[1])];
  return { domain, log, place: (x) => (at(x) - a) / (b - a) };
}
