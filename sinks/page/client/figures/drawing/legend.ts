import { textWidth } from '../../shared/text_width.js';
import { label, svgNode, type Canvas } from './canvas.js';

export interface LegendEntry {
  readonly mark:
    | 'line'
    | 'dot'
    | 'open'
    | 'band'
    | 'area'
    | 'fade'
    | 'hatch'
    | 'up'
    | 'down'
    | 'cross'
    | 'back'
    | 'diamond'
    | 'none';
  readonly colour: string;
  readonly dash?: string;
  readonly words: string;
}

/** Words without a mark. */
export const note = (words: string): LegendEntry => ({ mark: 'none', colour: '', words });

const ROW = 18;
const SYMBOL = 22;

/** Bands in the colour of the text are fainter, so that what they cross stands out. */
export const bandOpacity = (colour: string): number => (colour === 'currentColor' ? 0.13 : 0.3);

function symbol(canvas: Canvas, { mark, colour, dash }: LegendEntry, x: number, y: number): Element[] {
  const centre = x + SYMBOL / 2 - 2;
  const draw = (tag: string, attributes: Record<string, string | number>) => svgNode(canvas, tag, attributes);
  const path = (d: string, more: Record<string, string | number>) => draw('path', { d, ...more });
  const bar = path(`M${centre},${y - 7}v14`, { stroke: colour, 'stroke-width': 1.4 });
  switch (mark) {
    case 'line':
      return [path(`M${x},${y}h18`, { stroke: colour, 'stroke-width': 1.6, 'stroke-dasharray': dash ?? 'none' })];
    case 'dot':
      return [bar, draw('circle', { cx: centre, cy: y, r: 3, fill: colour })];
    case 'open':
      return [bar, draw('rect', { x: centre - 3, y: y - 3, width: 6, height: 6, stroke: colour, class: 'ground' })];
    case 'band':
    case 'hatch':
      return [
        draw('rect', {
          ...{ x, y: y - 5, width: 18, height: 10 },
          ...(mark === 'hatch' ? { fill: colour, stroke: 'currentColor', 'stroke-opacity': 0.6 } : {}),
          ...(mark === 'band' ? { fill: colour, 'fill-opacity': bandOpacity(colour) } : {}),
        }),
      ];
    case 'area':
      return [draw('rect', { x, y: y - 5, width: 18, height: 10, fill: colour, 'fill-opacity': 0.85 })];
    case 'fade':
      return [0.2, 0.525, 0.85].map((opacity, i) =>
        draw('rect', { x: x + 6 * i, y: y - 5, width: 6, height: 10, fill: colour, 'fill-opacity': opacity }),
      );
    case 'up':
      return [path(`M${centre},${y - 5}l5,9h-10Z`, { fill: colour })];
    case 'down':
      return [path(`M${centre},${y + 5}l5,-9h-10Z`, { fill: 'none', stroke: colour, 'stroke-width': 1.4 })];
    case 'cross':
      return [path(`M${centre - 4},${y - 4}l8,8m0,-8l-8,8`, { stroke: colour, 'stroke-width': 1.6 })];
    case 'back':
      return [draw('rect', { x: centre - 4, y: y - 4, width: 8, height: 8, fill: colour })];
    case 'diamond':
      return [path(`M${centre},${y - 6}l5,6l-5,6l-5,-6Z`, { fill: 'none', stroke: colour, 'stroke-width': 1.5 })];
    case 'none':
      return [];
  }
}

/** The words in as few lines as they need. */
export function wrapped(words: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length === 0 || textWidth(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** Entries one after the other from (left, top) on, in as many rows as they need within the width. */
export function legend(
  canvas: Canvas,
  left: number,
  top: number,
  width: number,
  entries: readonly LegendEntry[],
): { readonly node: Element; readonly height: number } {
  let [x, row] = [0, 0];
  const nodes = entries.flatMap((entry) => {
    const indent = entry.mark === 'none' ? 0 : SYMBOL;
    const lines = wrapped(entry.words, width - indent);
    const taken = indent + textWidth(lines[0] ?? '') + 16;
    if (x > 0 && (lines.length > 1 || x + taken - 16 > width)) [x, row] = [0, row + 1];
    const [at, y] = [left + x, top + ROW / 2 + row * ROW];
    if (lines.length > 1) [x, row] = [0, row + lines.length];
    else x += taken;
    return [
      ...symbol(canvas, entry, at, y),
      ...lines.map((words, i) => label(canvas, at + indent, y + i * ROW, words)),
    ];
  });
  const height = entries.length === 0 ? 0 : (row + (x > 0 ? 1 : 0)) * ROW + 6;
  return { node: svgNode(canvas, 'g', { 'data-layer': 'legend' }, ...nodes), height };
}
