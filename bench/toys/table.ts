import type { Row } from './row.js';

/** Rows as aligned lines, a block for each study. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ study, what, value, error, stated, n }) => [
    study,
    what,
    value === null ? 'unknown' : number(value),
    error === null ? '' : `± ${number(error)}`,
    stated === undefined ? '' : String(stated),
    String(n),
  ]);
  const all = [['study', 'what', 'value', 'error', 'stated', 'n'], ...cells];
  const widths = all[0]!.map((_, c) => Math.max(...all.map((row) => Array.from(row[c]!).length)));
  return all
    .map((row) =>
      row
        .map((text, c) => (c < 2 ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Three decimals for shares, four digits for what is larger. */
const number = (x: number): string => (Math.abs(x) < 10 ? x.toFixed(3) : String(Number(x.toPrecision(4))));
