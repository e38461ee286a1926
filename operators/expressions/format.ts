import type { Formula } from './syntax.js';

/** Ranks of the grammar, loose to tight; see parse. */
const RANK = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7, power: 8, index: 9, value: 10 } as const;

function rankOf(f: Formula): number {
  switch (f.kind) {
    case 'number':
      return f.value < 0 || Object.is(f.value, -0) ? RANK.sign : RANK.value;
    case 'name':
    case 'call':
      return RANK.value;
    case 'index':
      return RANK.index;
    case 'unary':
      return f.op === 'not' ? RANK.not : RANK.sign;
    case 'comparison':
      return RANK.compare;
    case 'binary':
      switch (f.op) {
        case 'or':
          return RANK.or;
        case 'and':
          return RANK.and;
        case '+':
        case '-':
          return RANK.sum;
        case '*':
        case '/':
          return RANK.product;
        case '^':
          return RANK.power;
      }
  }
}

/** The formula as text with the fewest brackets: parse(format(f)) is f again, but for the offsets. */
export function format(f: Formula): string {
  switch (f.kind) {
    case 'number':
      return Object.is(f.value, -0) ? '-0' : String(f.value);
    case 'name':
      return f.name;
    case 'call':
      return `${f.fn}(${f.args.map(format).join(', ')})`;
    case 'index':
      return `${within(f.list, RANK.index)}[${f.index}]`;
    case 'unary':
      return f.op === 'not' ? `not ${within(f.of, RANK.not)}` : `-${within(f.of, RANK.sign)}`;
    case 'comparison':
      return `${within(f.left, RANK.sum)} ${f.op} ${within(f.right, RANK.sum)}`;
    case 'binary':
      // ^ groups to the right and takes a sign on its right; the others group to the left.
      return f.op === '^'
        ? `${within(f.left, RANK.index)}^${within(f.right, RANK.sign)}`
        : `${within(f.left, rankOf(f))} ${f.op} ${within(f.right, rankOf(f) + 1)}`;
  }
}

const within = (f: Formula, rank: number): string => (rankOf(f) < rank ? `(${format(f)})` : format(f));
