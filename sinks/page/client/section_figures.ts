import { h, typeset, type Child } from './dom.js';
import { numberText } from './format.js';
import { FIGURES } from './figures/index.js';
import type { Tab } from './address.js';
import type { Figure, FigureRow, View } from './view.js';

/** Rows of a data table; the CSV has all. */
const MOST_ROWS = 300;

/** A figure, or why there is none. */
export type Drawn = Figure | { readonly id: string; readonly problem: string };

/** Figures of a tab: its section's, or on the overview the first of each section. */
export function figuresOf(tab: Tab): typeof FIGURES {
  if (tab !== 'overview') return FIGURES.filter(({ section }) => section === tab);
  return FIGURES.filter(({ section }, i) => FIGURES.findIndex((other) => other.section === section) === i);
}

/** Draws the figures of a tab; one that fails says so in its place and does not take the others along. */
export function drawFigures(tab: Tab, view: View): readonly Drawn[] {
  return figuresOf(tab).flatMap(({ id, draw }): readonly Drawn[] => {
    try {
      const figure = draw(view);
      return figure ? [figure] : [];
    } catch (error) {
      console.error(`figure ${id}:`, error);
      return [{ id, problem: error instanceof Error ? error.message : String(error) }];
    }
  });
}

function table(title: string, rows: readonly FigureRow[]): HTMLElement {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const left = rows.length - MOST_ROWS;
  return h(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': `Data of ${title}` },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((column) => h('th', { scope: 'col' }, typeset(column))),
        ),
      ),
      h(
        'tbody',
        {},
        rows.slice(0, MOST_ROWS).map((row) =>
          h(
            'tr',
            {},
            columns.map((column) => {
              const value = row[column];
              return h('td', {}, typeof value === 'string' ? value : numberText(value));
            }),
          ),
        ),
      ),
    ),
    left > 0 ? h('p', { class: 'soft' }, `${left} more rows are in the CSV.`) : null,
  );
}

/**
 * The pictures of a figure, each as one image to a screen reader: what Plot calls its marks is no name that a group may
 * have, and the figure's summary says more.
 */
function asImages(node: Element, title: string): Element {
  const pictures = node.nodeName.toLowerCase() === 'svg' ? [node] : [...node.querySelectorAll('svg')];
  for (const picture of pictures) {
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', title);
    for (const part of picture.querySelectorAll('[aria-label], [aria-description]')) {
      part.removeAttribute('aria-label');
      part.removeAttribute('aria-description');
    }
  }
  return node;
}

/** A figure with its words, its data and what can be taken away. `drawn` counts drawings: the picture is put in if it is new. */
export function figureBox(figure: Figure, drawn: number, isNew: boolean, open: boolean): HTMLElement {
  const { id, title, node, rows, summary } = figure;
  const button = (what: string, label: string): HTMLElement =>
    h('button', { 'data-do': what, 'data-value': id, 'aria-label': `${label} of ${title}` }, label);
  return h(
    'figure',
    { 'data-key': `figure-${id}`, id: `figure-${id}`, 'aria-labelledby': `title-${id}` },
    h('h3', { id: `title-${id}` }, typeset(title)),
    h('div', { class: 'plate', 'data-opaque': drawn }, isNew ? asImages(node, title) : null),
    h(
      'figcaption',
      {},
      h('p', {}, typeset(summary)),
      h('div', { class: 'take' }, button('svg', 'SVG'), button('csv', 'CSV')),
      h(
        'details',
        { 'data-table': id },
        h('summary', {}, 'Data table', h('span', { class: 'sr' }, ` of ${title}`)),
        open ? table(title, rows) : null,
      ),
    ),
  );
}

export const brokenBox = ({ id, problem }: { id: string; problem: string }): Child =>
  h(
    'figure',
    { 'data-key': `figure-${id}` },
    h('p', { class: 'soft' }, `The figure ${id} could not be drawn: ${problem}`),
  );
