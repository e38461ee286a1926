export type Arithmetic = '+' | '-' | '*' | '/' | '^';
export type Logic = 'and' | 'or';
export type Comparing = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** A parsed formula: plain data. `at` is the offset in the text of the number, name or operator. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Formula[]; readonly at: number }
  | { readonly kind: 'index'; readonly list: Formula; readonly index: number; readonly at: number }
  | { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly of: Formula; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly op: Arithmetic | Logic;
      readonly left: Formula;
      readonly right: Formula;
      readonly at: number;
    }
  | {
      readonly kind: 'comparison';
      readonly op: Comparing;
      readonly left: Formula;
      readonly right: Formula;
      readonly at: number;
    };

/** What a formula is made of, left to right. */
export function partsOf(f: Formula): readonly Formula[] {
  switch (f.kind) {
    case 'number':
    case 'name':
      return [];
    case 'call':
      return f.args;
    case 'index':
      return [f.list];
    case 'unary':
      return [f.of];
    case 'binary':
    case 'comparison':
      return [f.left, f.right];
  }
}

const MOST_LEVELS = 400;
const MOST_PARTS = 20_000;

/** Why a formula is beyond what recursive functions may be given, if it is. Itself without recursion. */
export function tooLarge(f: Formula): string | undefined {
  const rest: [Formula, number][] = [[f, 1]];
  let parts = 0;
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const [part, level] = next;
    if (level > MOST_LEVELS) return `more than ${MOST_LEVELS} levels deep, split it into definitions`;
    if (++parts > MOST_PARTS) return `more than ${MOST_PARTS} parts, split it into definitions`;
    for (const inner of partsOf(part)) rest.push([inner, level + 1]);
  }
  return undefined;
}
