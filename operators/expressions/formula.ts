import { wrongPipeline } from '../problem.js';
import { CONSTANTS } from './constants.js';
import { partsOf, tooLarge, type Formula } from './syntax.js';

export { format } from './format.js';
export { parse } from './parse.js';
export type { Formula } from './syntax.js';

/** The names of columns and definitions that a formula uses, in the order it does (constants are not among them). */
export function namesIn(f: Formula, into = new Set<string>()): Set<string> {
  if (f.kind === 'name' && !CONSTANTS.has(f.name)) into.add(f.name);
  for (const part of partsOf(f)) namesIn(part, into);
  return into;
}

/** The formula with names replaced by formulas, all at once: what is put in is not searched again. */
export function substitute(f: Formula, by: ReadonlyMap<string, Formula>): Formula {
  const result = replace(f, by);
  const why = tooLarge(result);
  if (why !== undefined) throw wrongPipeline(`formula too large after substitution: ${why}`);
  return result;
}

function replace(f: Formula, by: ReadonlyMap<string, Formula>): Formula {
  switch (f.kind) {
    case 'number':
      return f;
    case 'name':
      return by.get(f.name) ?? f;
    case 'call':
      return { ...f, args: f.args.map((arg) => replace(arg, by)) };
    case 'index':
      return { ...f, list: replace(f.list, by) };
    case 'unary':
      return { ...f, of: replace(f.of, by) };
    case 'binary':
    case 'comparison':
      return { ...f, left: replace(f.left, by), right: replace(f.right, by) };
  }
}
