export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** So many columns from the left are words, the others numbers. */
  readonly words: number;
  /** Sentences below. */
  readonly notes: readonly string[];
}

/** Rows as aligned lines, words to the left, numbers to the right. */
export function aligned(head: readonly string[], rows: readonly (readonly string[])[], words: number): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, c) => Math.max(...all.map((row) => row[c]!.length)));
  const padded = (row: readonly string[]): string[] =>
    row.map((text, c) => (c < words ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)));
  return all.map((row) => padded(row).join('  ').trimEnd());
}

export const asText = ({ title, head, rows, words, notes }: Table): string =>
  [title, ...(rows.length === 0 ? [] : aligned(head, rows, words)), ...notes].join('\n');

/** A section of a page, as the project's formatter leaves it. */
export function asMarkdown({ title, head, rows, words, notes }: Table): string {
  const cells = (row: readonly string[]): string[] => row.map((text) => text.replaceAll('|', '\\|'));
  const all = [head, ...rows].map(cells);
  const widths = head.map((_, c) => Math.max(3, ...all.map((row) => row[c]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, c) => (c < words ? text.padEnd(widths[c]!) : text.padStart(widths[c]!))).join(' | ')} |`;
  const rule = widths.map((width, c) => (c < words ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [first, ...rest] = all;
  const table = rows.length === 0 ? [] : [[line(first!), line(rule), ...rest.map(line)].join('\n')];
  return [`### ${title}`, ...table, ...(notes.length === 0 ? [] : [notes.map((each) => `- ${each}`).join('\n')])].join(
    '\n\n',
  );
}
