export type Cell = readonly [text: string, align: 'left' | 'right'];

export const left = (text: string): Cell => [text, 'left'];
export const right = (text: string): Cell => [text, 'right'];

const columnsOf = (text: string): number => Array.from(text).length;

/** Rows of text whose columns are as wide as their longest cell. */
export function align(rows: readonly (readonly Cell[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => columnsOf(row[c]![0]))));
  return rows.map((row) =>
    row
      .map(([text, side], c) => {
        const gap = ' '.repeat(widths[c]! - columnsOf(text));
        return side === 'left' ? text + gap : gap + text;
      })
      .join('  ')
      .trimEnd(),
  );
}
