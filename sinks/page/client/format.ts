/** Numbers as they are shown: an error has two digits, and the value ends where it does. */

const minus = (text: string): string => text.replaceAll('-', '−');

/** Decimals with which two digits of an error are seen. */
function decimalsOf(error: number): number {
  if (!(error > 0) || !Number.isFinite(error)) return 2;
  return Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))));
}

export interface Shown {
  readonly value: number | null;
  readonly error: number | null;
}

/** '−1.23 ± 0.10 %' of ratios with `percent`; '–' where nothing is known. */
export function estimateText(estimate: Shown | undefined, unit: '' | '%' | (string & {}) = ''): string {
  if (estimate?.value === null || estimate?.value === undefined) return '–';
  const scale = unit === '%' ? 100 : 1;
  const value = estimate.value * scale;
  const tail = unit === '' ? '' : `\u00a0${unit}`;
  if (estimate.error === null) return minus(value.toFixed(2)) + tail;
  const error = estimate.error * scale;
  const decimals = decimalsOf(error);
  return `${minus(value.toFixed(decimals))}\u00a0±\u00a0${error.toFixed(decimals)}${tail}`;
}

/** 12,345 */
export const countText = (n: number): string =>
  Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');

/** Four digits, as much as a table of events needs. */
export function numberText(x: number | null | undefined): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return '–';
  if (Number.isInteger(x)) return minus(String(x));
  return minus(Math.abs(x) >= 1e6 || Math.abs(x) < 1e-4 ? x.toExponential(3) : String(Number(x.toPrecision(4))));
}

/** 14:05:09 of the reader's clock. */
export function timeText(at: number | null): string {
  if (at === null) return '–';
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** 2026-01-31 14:05:09 */
export function dateText(at: number | null): string {
  if (at === null) return '–';
  const date = new Date(at);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${day.join('-')} ${timeText(at)}`;
}

/** '42 s', '3 min', '2.5 h' */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))}\u00a0s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)}\u00a0min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)}\u00a0h`;
  return `${(seconds / 86_400).toFixed(1)}\u00a0days`;
}

const field = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  // A field that a spreadsheet would take for a formula is kept a text.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV (RFC 4180), with the columns of all rows in the order in which they come. */
export function csvText(rows: readonly Readonly<Record<string, string | number | null>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? null)).join(','));
  return [columns.map(field).join(','), ...lines].join('\r\n') + '\r\n';
}
