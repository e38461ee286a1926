import type { Figure, View } from '../../view.js';

export type PlotModule = typeof import('@observablehq/plot');

/** What figures are drawn with: the library and the document that their elements belong to. */
export interface Canvas {
  readonly plot: PlotModule;
  readonly document: Document;
}

/** A figure of a view; null: there is nothing to draw. */
export type DrawOn = (view: View, canvas: Canvas) => Figure | null;

type Attributes = Readonly<Record<string, string | number>>;

export function svgNode(
  { document }: Canvas,
  tag: string,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): Element {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A line of text, its middle on y. */
export const label = (canvas: Canvas, x: number, y: number, text: string, more: Attributes = {}): Element =>
  svgNode(canvas, 'text', { x, y, dy: '0.35em', 'text-anchor': 'start', ...more }, text);
