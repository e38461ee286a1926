import type { Estimate } from '../../schemas/report.js';
import { escapeText, typeset } from './escape.js';
import { formatEstimate } from '../page/client/shared/format_estimate.js';

export interface Column {
  readonly head: string;
  /** Set like words, at the left; else like numbers. */
  readonly word?: boolean;
}

/** Columns of numbers. */
export const numbers = (...heads: string[]): Column[] => heads.map((head) => ({ head }));

/** Columns of words. */
export const words = (...heads: string[]): Column[] => heads.map((head) => ({ head, word: true }));

const cell = (tag: string, { word }: Column, content: string): string =>
  `<${tag}${word ? ' class="word"' : ''}>${content}</${tag.slice(0, 2)}>`;

/** A table whose cells are HTML already; nothing without rows. `name` is the class of the table. */
export function tableHtml(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  name = '',
): string {
  if (rows.length === 0) return '';
  const head = columns.map((column) => cell('th scope="col"', column, typeset(column.head))).join('');
  const body = rows.map((row) => `<tr>${row.map((html, c) => cell('td', columns[c]!, html)).join('')}</tr>`).join('');
  return (
    `<div class="table"><table${name ? ` class="${name}"` : ''}><caption>${typeset(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
  );
}

/** '—' with the reason behind it where a number is not known. */
export function estimateHtml({ value, error, reason }: Estimate): string {
  if (value !== null) return formatEstimate(value, error);
  return reason === undefined ? '—' : `<span title="${escapeText(reason)}">—</span>`;
}

/** The error on a line of its own, below the value. */
export const stacked = (estimate: string): string => estimate.replace(/^(\S+) (?=[±+])/, '$1<br>');
