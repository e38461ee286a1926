import type { WindowReport } from '../../../../../schemas/window_report.js';
import { combine, type Combined, type Counted } from './combine.js';

export type ContextRow = WindowReport['byContext'][number];

/** A bin of a context variable over several windows; an edge of null: there is none. */
export interface ProfileBin extends Combined {
  readonly low: number | null;
  readonly high: number | null;
}

/** A quantity by bin of a context variable, its windows combined as in `combine`; bins without events are left out. */
export function profile(
  reports: readonly WindowReport[],
  variable: string,
  pick: (row: ContextRow, report: WindowReport) => Counted['estimate'],
): ProfileBin[] {
  const bins = new Map<string, { low: number | null; high: number | null; rows: Counted[] }>();
  for (const report of reports) {
    for (const row of report.byContext) {
      if (row.variable !== variable) continue;
      const key = `${row.low ?? ''}..${row.high ?? ''}`;
      const bin = bins.get(key) ?? { low: row.low, high: row.high, rows: [] };
      bin.rows.push({ n: row.n, estimate: pick(row, report) });
      bins.set(key, bin);
    }
  }
  return [...bins.values()]
    .map(({ low, high, rows }) => ({ low, high, ...combine(rows) }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => (a.low ?? -Infinity) - (b.low ?? -Infinity));
}

/** What was delivered: after the correction, and the same as raw where none was in effect. */
export const delivered =
  (after: 'corrected' | 'correctedSigma68', before: 'core' | 'sigma68') =>
  (row: ContextRow, { correction }: WindowReport): Counted['estimate'] =>
    row[after] ?? (correction === null ? row[before] : undefined);

/** Where bins lie on an axis: flow bins take a twentieth of its length beside it. */
export function axisOf(bins: readonly ProfileBin[]): {
  readonly domain: readonly [number, number];
  readonly strips: readonly { readonly x1: number; readonly x2: number }[];
  readonly span: (bin: ProfileBin) => readonly [number, number];
} | null {
  const edges = bins.flatMap(({ low, high }) => (low === null || high === null ? [] : [low, high]));
  if (edges.length === 0) return null;
  const [first, last] = [Math.min(...edges), Math.max(...edges)];
  const strip = (last - first) / 20;
  const under = bins.some(({ low }) => low === null);
  const over = bins.some(({ high }) => high === null);
  return {
    domain: [under ? first - strip : first, over ? last + strip : last],
    strips: [...(under ? [{ x1: first - strip, x2: first }] : []), ...(over ? [{ x1: last, x2: last + strip }] : [])],
    span: ({ low, high }) => [low ?? first - strip, high ?? last + strip],
  };
}

/** '200 to 300 GeV', 'above 1000 GeV'. */
export function binWords({ low, high }: Pick<ProfileBin, 'low' | 'high'>, unit: string | null): string {
  const after = unit === null ? '' : ` ${unit}`;
  if (low === null) return `below ${high ?? ''}${after}`;
  if (high === null) return `above ${low}${after}`;
  return `${low} to ${high}${after}`;
}
