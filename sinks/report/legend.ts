import { escapeText } from './escape.js';

export interface LegendEntry {
  readonly mark: 'line' | 'dot' | 'open' | 'cross' | 'area' | 'none';
  readonly colour: string;
  readonly dash?: string;
  readonly number?: number;
  readonly cells: readonly string[];
}

function symbol({ mark, colour, dash, number }: LegendEntry, x: number, y: number): string {
  const line = `<path d="M${x},${y}h24" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash ?? ''}"/>`;
  const centre = x + 12;
  switch (mark) {
    case 'line':
      return line;
    case 'dot':
      return `<path d="M${centre},${y - 7}v14" stroke="${colour}"/><circle cx="${centre}" cy="${y}" r="3" fill="${colour}"/>`;
    case 'open':
      return `<path d="M${centre},${y - 7}v14" stroke="${colour}"/><rect class="ground" x="${centre - 3}" y="${y - 3}" width="6" height="6" stroke="${colour}"/>`;
    case 'cross':
      return numbered(centre, y, colour, number ?? 0);
    case 'area':
      return `<rect x="${x}" y="${y - 6}" width="24" height="12" fill="${colour}"/>`;
    case 'none':
      return '';
  }
}

/** A numbered disc, as regimes are marked; the numeral keeps to the ink of the page. */
export const numbered = (x: number, y: number, colour: string, number: number): string =>
  `<circle class="ground" cx="${x}" cy="${y}" r="8.5" stroke="${colour}" stroke-width="2.5"/>` +
  `<text x="${x}" y="${y}" dy="0.35em" font-size="11" font-weight="600">${number}</text>`;

/** Symbols and columns of text from (x, y) downwards, `offsets` giving each column's start; rows are 20 apart. */
export function legend(
  x: number,
  y: number,
  offsets: readonly number[],
  head: readonly string[] | null,
  entries: readonly LegendEntry[],
): string {
  const row = (cells: readonly string[], at: number, weight: string) =>
    cells
      .map(
        (cell, i) =>
          `<text x="${x + offsets[i]!}" y="${at}" dy="0.35em" text-anchor="start" font-size="12"${weight}>${escapeText(cell)}</text>`,
      )
      .join('');
  const first = head ? y + 20 : y;
  return (
    (head ? row(head, y, ' font-weight="600"') : '') +
    entries.map((entry, i) => symbol(entry, x, first + 20 * i) + row(entry.cells, first + 20 * i, '')).join('')
  );
}
