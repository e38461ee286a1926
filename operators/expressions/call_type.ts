import { FUNCTIONS, type FormulaFunction } from './functions.js';
import { nearest } from './nearest.js';
import {
  isTruth,
  numberSignature,
  truthSignature,
  unitsOf,
  want,
  wantNumbers,
  wantTruths,
  wantUnit,
  wrong,
  type Checker,
  type Signature,
  type Typed,
} from './signature.js';

/** The signature of a call, from the table of functions. */
export function callType(c: Checker, name: string, at: number, args: readonly Typed[]): Signature {
  const fn = FUNCTIONS.get(name);
  if (fn === undefined) {
    const meant = nearest(name, FUNCTIONS.keys());
    throw wrong(c, `unknown function '${name}'`, at, meant === undefined ? '' : `, did you mean '${meant}'?`);
  }
  const [first] = args;
  if (first !== undefined && args.length === 1 && fn.reduce !== undefined) {
    want(
      c,
      `'${name}'`,
      at,
      fn.loop === undefined ? 'a list' : 'a list or two numbers',
      first,
      first.is.type === 'list',
    );
    if (name !== 'count') wantNumbers(c, `'${name}'`, at, args);
    return numberSignature(false, wantUnit(c, `'${name}'`, at, fn.unit(unitsOf(args))));
  }
  checkCount(c, name, fn, at, args.length);
  const unit = wantUnit(c, `'${name}'`, at, fn.unit(unitsOf(args)));
  if (fn.condition !== true) return numberSignature(wantNumbers(c, `'${name}'`, at, args), unit);
  const anyList = args.some(({ is }) => is.type === 'list');
  wantTruths(c, `'${name}' condition`, at, args.slice(0, 1));
  const choices = args.slice(1);
  if (choices.every(({ is }) => isTruth(is))) return truthSignature(anyList);
  wantNumbers(c, `'${name}'`, at, choices);
  return numberSignature(anyList, unit);
}

function checkCount(c: Checker, name: string, fn: FormulaFunction, at: number, found: number): void {
  const wanted = fn.parameters.length;
  if (found === wanted || (fn.repeats === true && found > wanted)) return;
  const arguments_ = wanted === 1 ? 'argument' : 'arguments';
  const more = fn.repeats === true ? ' or more' : '';
  throw wrong(
    c,
    `'${name}'`,
    at,
    ` takes ${wanted}${more} ${arguments_} (${fn.parameters.join(', ')}), found ${found}`,
  );
}
