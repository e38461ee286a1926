/** A token of a formula's text; `at` is its offset. `other` is what no formula has. */
export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'other' | 'end';
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s*/y;
const PATTERNS = [
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy],
  ['other', /\*\*|&&|\|\|/y],
  ['symbol', /<=|>=|==|!=|[-+*/^<>(),[\]]/y],
  ['other', /[^]/uy],
] as const;

/** Splits a text into tokens, the last of them `end`. Never fails: what cannot be read becomes `other`. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) continue;
      found.push({ kind, text: match[0], at });
      at = skip(text, at + match[0].length);
      break;
    }
  }
  found.push({ kind: 'end', text: '', at: text.length });
  return found;
}

function skip(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}
