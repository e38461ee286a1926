import { documentOf, type Node } from '../report/drawn.js';

/** Captions and cells of the tables of a piece of HTML, in words. */
export const tablesOf = (html: string): { caption: string; heads: number; rows: string[][] }[] => {
  const text = ({ textContent }: Node) => textContent.replaceAll('\u00a0', ' ');
  return [...documentOf(`<!doctype html><html><body>${html}</body></html>`).querySelectorAll('table')].map((table) => ({
    caption: text(table.querySelector('caption')!),
    heads: [...table.querySelectorAll('th')].length,
    rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map(text)),
  }));
};
