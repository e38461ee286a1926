import { Problem, wrongPipeline } from '../problem.js';
import { CONSTANTS, WORDS } from './constants.js';
import { namesIn, type Formula } from './formula.js';
import { nearest } from './nearest.js';
import { typeOf, type Scope, type Signature } from './types.js';

/** What to evaluate: definitions in order of need, the columns they need, and the signature of each of both. */
export interface FormulaPlan {
  readonly order: readonly string[];
  readonly needs: readonly string[];
  readonly signatures: ReadonlyMap<string, Signature>;
}

/**
 * Plans what `wanted` (names of definitions or given columns) takes, and no more: other definitions are not even
 * type-checked. Throws a Problem for a cycle, an unknown or wrongly typed name, and a definition that would hide a
 * column, a constant or a word of the grammar.
 */
export function plan(definitions: ReadonlyMap<string, Formula>, wanted: readonly string[], given: Scope): FormulaPlan {
  for (const name of [...definitions.keys(), ...given.keys()]) {
    if (CONSTANTS.has(name) || WORDS.has(name))
      throw wrongPipeline(`name '${name}' is taken by the formulas: rename it`);
  }
  for (const name of definitions.keys()) {
    if (given.has(name)) throw wrongPipeline(`define ${name}: a column has this name already, choose another`);
  }
  // Definitions not yet reached stand in the scope for the hints of unknown names only: order of need types them first.
  const scope = new Map<string, Signature>(
    [...definitions.keys()].map((name) => [name, { type: 'number', unit: null }]),
  );
  for (const [name, signature] of given) scope.set(name, signature);
  const signatures = new Map<string, Signature>();
  const order: string[] = [];
  const needs: string[] = [];
  for (const name of wanted) {
    if (!definitions.has(name) && !given.has(name)) {
      const meant = nearest(name, scope.keys());
      throw wrongPipeline(`name '${name}' is not known${meant === undefined ? '' : `, did you mean '${meant}'?`}`);
    }
  }
  for (const name of inOrder(definitions, wanted)) {
    const column = given.get(name);
    const formula = definitions.get(name);
    if (column !== undefined) {
      needs.push(name);
      signatures.set(name, column);
    } else if (formula !== undefined) {
      const signature = definedType(name, formula, scope);
      order.push(name);
      scope.set(name, signature);
      signatures.set(name, signature);
    }
  }
  return { order, needs, signatures };
}

/** All names that `wanted` takes, itself included, each after what it needs. Without recursion: chains may be long. */
function inOrder(definitions: ReadonlyMap<string, Formula>, wanted: readonly string[]): Set<string> {
  const done = new Set<string>();
  const path = new Map<string, Iterator<string>>();
  for (const root of wanted) {
    if (done.has(root)) continue;
    const names = [root];
    for (let name = names.at(-1); name !== undefined; name = names.at(-1)) {
      let inner = path.get(name);
      if (inner === undefined) {
        const formula = definitions.get(name);
        inner = (formula === undefined ? [] : namesIn(formula)).values();
        path.set(name, inner);
      }
      const next = inner.next();
      if (next.done === true) {
        done.add(name);
        path.delete(name);
        names.pop();
      } else if (path.has(next.value)) {
        const cycle = [...names.slice(names.indexOf(next.value)), next.value];
        throw wrongPipeline(`define: cycle ${cycle.join(' → ')}`);
      } else if (!done.has(next.value)) {
        names.push(next.value);
      }
    }
  }
  return done;
}

function definedType(name: string, formula: Formula, scope: Scope): Signature {
  try {
    return typeOf(formula, scope);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw wrongPipeline(`define ${name}: ${error.message}`, error);
  }
}
