import { parseHTML } from 'linkedom';
import type { Report } from '../../../schemas/report.js';
import { figures, type Figure } from '../../../sinks/report/figures.js';

/** The part of the document object model that the tests ask. */
export interface Node {
  readonly textContent: string;
  readonly children: readonly Node[];
  getAttribute(name: string): string | null;
  querySelector(selector: string): Node | null;
  querySelectorAll(selector: string): Iterable<Node>;
}

const parse = parseHTML as unknown as (html: string) => { readonly document: Node };

export const documentOf = (html: string): Node => parse(html).document;

export interface Drawn extends Figure {
  readonly root: Node;
  /** Every text, without the zero-width space after an index. */
  readonly words: readonly string[];
  /** Number of marks that are described so; 0 if there are none. */
  readonly marks: (description: string) => number;
}

export function drawnOf(figure: Figure): Drawn {
  const root = documentOf(`<!doctype html><html><body>${figure.svg}</body></html>`).querySelector('svg')!;
  return {
    ...figure,
    root,
    words: [...root.querySelectorAll('text')].map(({ textContent }) => textContent.replaceAll('\u200b', '')),
    marks: (description) => root.querySelector(`[aria-description="${description}"]`)?.children.length ?? 0,
  };
}

/** The figure of a report that has this name. */
export function figureOf(report: Report, name: string): Drawn {
  const found = figures(report).find((figure) => figure.name === name);
  if (!found) throw new Error(`no figure ${name}`);
  return drawnOf(found);
}
