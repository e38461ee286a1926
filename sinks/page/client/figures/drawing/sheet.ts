import type { Figure, FigureRow, View } from '../../view.js';
import { label, svgNode, type Canvas } from './canvas.js';
import { lowerIndices } from './lowered.js';

export interface SheetOptions {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly rows: readonly FigureRow[];
  /** Of what is drawn; a line that says where the numbers come from is added below. */
  readonly height: number;
  readonly parts: readonly Element[];
  /** 'windows 140–152' */
  readonly windows: string;
}

const FOOTER = 20;

const texts = { light: '#1b1e23', dark: '#e4e6ea' };
const grounds = { light: '#ffffff', dark: '#16191e' };

/** A figure that stands alone when it is saved: its colours, fonts and origin are in it. */
export function sheet(canvas: Canvas, view: View, options: SheetOptions): Figure {
  const { id, title, summary, rows, parts, windows } = options;
  const { width, dark, description } = view;
  const height = Math.ceil(options.height) + FOOTER;
  const theme = dark ? 'dark' : 'light';
  const origin = [description.pipeline, windows, `regimewatch ${description.version}`].filter(Boolean).join(' · ');
  const node = svgNode(
    canvas,
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height },
      ...{ role: 'img', 'aria-label': `${title}. ${summary}`, class: 'figure', color: texts[theme] },
      ...{ fill: 'currentColor', 'font-family': "system-ui, 'Helvetica Neue', Arial, sans-serif" },
      ...{ 'font-size': 12, 'text-anchor': 'middle' },
    },
    svgNode(canvas, 'rect', { class: 'ground', width, height, fill: grounds[theme] }),
    ...parts,
    label(canvas, width - 8, height - 9, origin, { 'text-anchor': 'end', 'font-size': 10.5, opacity: 0.75 }),
  );
  for (const box of node.querySelectorAll('.ground')) box.setAttribute('fill', grounds[theme]);
  lowerIndices(canvas, node);
  return { id, title, node, rows, summary };
}
