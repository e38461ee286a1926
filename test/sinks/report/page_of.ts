import { documentOf } from './drawn.js';

const textOf = (node: { readonly textContent: string }) => node.textContent.replaceAll('\u00a0', ' ');

/** The rows and heads of the tables of a piece of a page, by caption, and its text. */
export function pageOf(html: string) {
  const page = documentOf(`<html><body>${html}</body></html>`);
  const tables = [...page.querySelectorAll('table')].map((table) => ({
    caption: textOf(table.querySelector('caption')!),
    heads: [...table.querySelectorAll('thead th')].map(textOf),
    rows: [...table.querySelectorAll('tbody tr')].map((row) => row.children.map(textOf)),
  }));
  const text = (selector: string) => [...page.querySelectorAll(selector)].map(textOf);
  return { page, tables, text };
}
