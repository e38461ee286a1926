import type { Formula } from './syntax.js';

const sources = new WeakMap<Formula, string>();

/** Notes the text that a formula was parsed from. */
export const keepSource = (f: Formula, text: string): void => {
  sources.set(f, text);
};

/** The text that a formula was parsed from (only messages need it); undefined for one that was built or copied. */
export const sourceOf = (f: Formula): string | undefined => sources.get(f);

/** How a message names a formula's text: in quotes, on one line, a long one cut. */
export const quoted = (text: string): string =>
  `'${(text.length > 160 ? `${text.slice(0, 159)}…` : text).replace(/\s/g, ' ')}'`;
