import { formatPlain } from '../page/client/shared/format_estimate.js';

/** A bin in words: '40 – 60 GeV', 'below 20 GeV', 'from 1,000 GeV' (null: no such edge). */
export function binWords(low: number | null, high: number | null, unit: string | null = null): string {
  const tail = unit === null ? '' : ` ${unit}`;
  if (high === null) return low === null ? 'all' : `from ${formatPlain(low)}${tail}`;
  return `${low === null ? 'below' : `${formatPlain(low)} –`} ${formatPlain(high)}${tail}`;
}
