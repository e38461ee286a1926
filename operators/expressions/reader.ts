import { wrongPipeline, type Problem } from '../problem.js';
import { quoted } from './source_text.js';
import type { Formula } from './syntax.js';
import { tokens, type Token } from './tokens.js';

const MOST_BRACKETS = 100;
/** What other languages write → what a formula writes. */
const MEANT: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not', '=': '==', '**': '^' };

/** Where parse stands in the tokens of a text, and how deep in brackets. */
export interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
}

export const readerOf = (text: string): Reader => ({ text, tokens: tokens(text), next: 0, depth: 0 });

export const peek = (r: Reader): Token => r.tokens[r.next]!;

/** The token if its text is one of these, else undefined. */
export function take(r: Reader, ...texts: string[]): Token | undefined {
  const token = peek(r);
  if (token.kind === 'end' || !texts.includes(token.text)) return undefined;
  r.next++;
  return token;
}

export function need(r: Reader, text: string): void {
  if (take(r, text) === undefined) throw expected(r, `'${text}'`);
}

export function expected(r: Reader, what: string): Problem {
  const { kind, text, at } = peek(r);
  const found = kind === 'end' ? 'the end' : `'${text}'`;
  const meant = Object.hasOwn(MEANT, text) ? `, write '${MEANT[text]!}'` : '';
  return wrongPipeline(`formula ${quoted(r.text)}: expected ${what} at column ${at + 1}, found ${found}${meant}`);
}

/** Reads what is inside brackets or after a prefix, as deep as is allowed. */
export function inside(r: Reader, read: (r: Reader) => Formula): Formula {
  if (++r.depth > MOST_BRACKETS) {
    throw wrongPipeline(
      `formula ${quoted(r.text)}: more than ${MOST_BRACKETS} levels deep at column ${peek(r).at + 1}, split it into definitions`,
    );
  }
  const f = read(r);
  r.depth--;
  return f;
}
