import { escapeText } from './escape.js';
import { fitted } from '../page/client/shared/text_width.js';

export interface LegendEntry {
  readonly mark: 'line' | 'dot' | 'open' | 'cross' | 'band' | 'none';
  readonly colour: string;
  readonly dash?: string;
  readonly number?: number;
  readonly cells: readonly string[];
}

/** Where a column of text begins, from the legend's left, and its width; `end`: numbers that end at its right. */
export interface LegendColumn {
  readonly at: number;
  readonly width: number;
  readonly end?: true;
}

/** Height of a row of a legend. */
export const rowHeight = 20;

/** Bands in the colour of the text are fainter, so that what they cross stands out. */
export const bandOpacity = (colour: string): number => (colour === 'currentColor' ? 0.13 : 0.35);

function symbol({ mark, colour, dash, number }: LegendEntry, x: number, y: number): string {
  const centre = x + 12;
  const bar = `<path d="M${centre},${y - 7}v14" stroke="${colour}"/>`;
  switch (mark) {
    case 'line':
      return `<path d="M${x},${y}h24" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash ?? ''}"/>`;
    case 'dot':
      return `${bar}<circle cx="${centre}" cy="${y}" r="3" fill="${colour}"/>`;
    case 'open':
      return `${bar}<rect class="ground" x="${centre - 3}" y="${y - 3}" width="6" height="6" stroke="${colour}"/>`;
    case 'cross':
      return numbered(centre, y, colour, number ?? 0);
    case 'band':
      return `<rect x="${x}" y="${y - 6}" width="24" height="12" fill="${colour}" fill-opacity="${bandOpacity(colour)}"/>`;
    case 'none':
      return '';
  }
}

/** A numbered disc, as regimes are marked; the numeral keeps to the ink of the page. */
export const numbered = (x: number, y: number, colour: string, number: number): string =>
  `<circle class="ground" cx="${x}" cy="${y}" r="8.5" stroke="${colour}" stroke-width="2.5"/>` +
  `<text x="${x}" y="${y}" dy="0.35em" font-size="11" font-weight="600">${number}</text>`;

/**
 * Symbols and columns of text from (x, y) downwards; what is wider than its column ends in an ellipsis. A row of one
 * cell has the room of all columns.
 */
export function legend(
  x: number,
  y: number,
  columns: readonly LegendColumn[],
  head: readonly string[] | null,
  entries: readonly LegendEntry[],
): string {
  const full = Math.max(...columns.map(({ at, width }) => at + width));
  const row = (cells: readonly string[], at: number, weight: string) =>
    cells
      .map((cell, i) => {
        const column = columns[i]!;
        const width = cells.length === 1 ? full - column.at : column.width;
        const [left, anchor] = column.end ? [column.at + column.width, 'end'] : [column.at, 'start'];
        return `<text x="${x + left}" y="${at}" dy="0.35em" text-anchor="${anchor}" font-size="12"${weight}>${escapeText(fitted(cell, width))}</text>`;
      })
      .join('');
  const first = head ? y + rowHeight : y;
  return (
    (head ? row(head, y, ' font-weight="600"') : '') +
    entries
      .map((entry, i) => symbol(entry, x, first + rowHeight * i) + row(entry.cells, first + rowHeight * i, ''))
      .join('')
  );
}
