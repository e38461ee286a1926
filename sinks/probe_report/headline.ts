import type { ProbeReport } from '../../schemas/probe_report.js';
import type { AttackEntry, Fooling } from './entries.js';

/** Which attack and size a report is summed up by. */
export interface Headline {
  readonly attack: AttackEntry;
  readonly size: number;
}

/**
 * The attack that keeps distributions, else the first one; and the size at which the hidden systematic was measured,
 * else the one nearest to one standard deviation. Null without an attack.
 */
export function headlineOf({ attacks, hidden, fooling }: ProbeReport): Headline | null {
  const attack = attacks.find(({ preserving }) => preserving) ?? attacks[0];
  if (!attack) return null;
  const own = (rows: readonly { readonly attack: string; readonly size: number }[]) =>
    rows.filter((row) => row.attack === attack.name).map(({ size }) => size);
  const sizes = [own(hidden), own(fooling)].find(({ length }) => length > 0) ?? [1];
  const size = sizes.reduce((best, s) => (Math.abs(s - 1) < Math.abs(best - 1) ? s : best));
  return { attack, size };
}

/** What one attack does at one size, regime by regime. */
export const foolingAt = (report: ProbeReport, attack: string, size: number): Fooling[] =>
  report.fooling.filter((row) => row.attack === attack && row.size === size);
