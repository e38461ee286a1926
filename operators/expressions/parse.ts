import { wrongPipeline } from '../problem.js';
import { WORDS } from './constants.js';
import { expected, inside, need, peek, readerOf, take, type Reader } from './reader.js';
import { keepSource, quoted } from './source_text.js';
import { tooLarge, type Arithmetic, type Comparing, type Formula, type Logic } from './syntax.js';

const MOST_CHARACTERS = 10_000;
const COMPARISONS: ReadonlySet<string> = new Set<Comparing>(['<', '<=', '>', '>=', '==', '!=']);
/**
 * Parses a formula. From loose to tight: `or`, `and`, `not`, comparisons (which do not chain), `+ -`, `* /`, unary `-`,
 * `^` (to the right; -x^2 = -(x^2), and 2^-x is allowed), `list[0]`. Throws a Problem that names the column.
 */
export function parse(text: string): Formula {
  if (text.length > MOST_CHARACTERS) {
    throw wrongPipeline(
      `formula ${quoted(text)}: longer than ${MOST_CHARACTERS} characters, split it into definitions`,
    );
  }
  const r = readerOf(text);
  const f = either(r);
  if (peek(r).kind !== 'end') throw expected(r, 'an operator');
  const why = tooLarge(f);
  if (why !== undefined) throw wrongPipeline(`formula ${quoted(text)}: ${why}`);
  keepSource(f, text);
  return f;
}

/** A chain of operators of one rank, grouped from the left. */
function chain(r: Reader, ops: readonly (Arithmetic | Logic)[], operand: (r: Reader) => Formula): Formula {
  let left = operand(r);
  for (let token = take(r, ...ops); token !== undefined; token = take(r, ...ops)) {
    left = { kind: 'binary', op: token.text as Arithmetic | Logic, left, right: operand(r), at: token.at };
  }
  return left;
}

const either = (r: Reader): Formula => chain(r, ['or'], both);
const both = (r: Reader): Formula => chain(r, ['and'], negated);
const sum = (r: Reader): Formula => chain(r, ['+', '-'], product);
const product = (r: Reader): Formula => chain(r, ['*', '/'], signed);

function negated(r: Reader): Formula {
  const token = take(r, 'not');
  return token === undefined ? compared(r) : { kind: 'unary', op: 'not', of: inside(r, negated), at: token.at };
}

function compared(r: Reader): Formula {
  const left = sum(r);
  const token = take(r, ...COMPARISONS);
  if (token === undefined) return left;
  const right = sum(r);
  const { text, at } = peek(r);
  if (COMPARISONS.has(text)) {
    throw wrongPipeline(
      `formula ${quoted(r.text)}: comparison chained at column ${at + 1}, write 'a < b and b < c' or use brackets`,
    );
  }
  return { kind: 'comparison', op: token.text as Comparing, left, right, at: token.at };
}

function signed(r: Reader): Formula {
  const token = take(r, '-');
  return token === undefined ? power(r) : { kind: 'unary', op: '-', of: inside(r, signed), at: token.at };
}

function power(r: Reader): Formula {
  const left = indexed(r);
  const token = take(r, '^');
  return token === undefined ? left : { kind: 'binary', op: '^', left, right: inside(r, signed), at: token.at };
}

function indexed(r: Reader): Formula {
  let list = value(r);
  for (let token = take(r, '['); token !== undefined; token = take(r, '[')) {
    const sign = take(r, '-') === undefined ? 1 : -1;
    const { kind, text } = peek(r);
    if (kind !== 'number' || !/^\d{1,9}$/.test(text)) throw expected(r, 'a whole number');
    r.next++;
    need(r, ']');
    // + 0: the last element is [-1]; [-0] is the first.
    list = { kind: 'index', list, index: sign * Number(text) + 0, at: token.at };
  }
  return list;
}

function value(r: Reader): Formula {
  const { kind, text, at } = peek(r);
  if (kind === 'number') {
    const number = Number(text);
    if (number === Infinity) throw expected(r, 'a number below 1.8e308');
    r.next++;
    return { kind: 'number', value: number, at };
  }
  if (kind === 'name' && !WORDS.has(text)) {
    r.next++;
    return take(r, '(') === undefined
      ? { kind: 'name', name: text, at }
      : { kind: 'call', fn: text, args: args(r), at };
  }
  if (take(r, '(') === undefined) throw expected(r, 'a value');
  const f = inside(r, either);
  need(r, ')');
  return f;
}

function args(r: Reader): Formula[] {
  const found: Formula[] = [];
  if (take(r, ')') !== undefined) return found;
  do found.push(inside(r, either));
  while (take(r, ',') !== undefined);
  need(r, ')');
  return found;
}
