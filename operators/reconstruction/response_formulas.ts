import { namesIn, parse, substitute, type Formula } from '../expressions/formula.js';
import { typeOf, type Scope } from '../expressions/types.js';
import { messageOf, wrongPipeline } from '../problem.js';
import type { FastReconstructionConfig, ReconstructedObject } from './config.js';

/** What one object's response is made from. */
export type Parameter =
  | 'pt'
  | 'eta'
  | 'phi'
  | 'pt_scale'
  | 'pt_width'
  | 'eta_width'
  | 'phi_width'
  | 'tail.fraction'
  | 'tail.scale'
  | 'tail.width'
  | 'context.pt_scale'
  | 'context.pt_width';

/** The formulas of all objects over columns: `definitions` by internal name, `names[object][parameter]`. */
export interface ResponseFormulas {
  readonly definitions: ReadonlyMap<string, Formula>;
  readonly names: readonly ReadonlyMap<Parameter, string>[];
}

/** Internal names hold a space, so that none can be a column's. */
const internalName = (object: number, parameter: Parameter): string => `object ${object} ${parameter}`;

/**
 * Writes every formula of the configuration in terms of columns, once for each object: `pt`, `eta`, `phi` become its
 * truth columns, the names of `with` what they stand for. A local formula that uses any other name is refused
 * (Problem 2): it would make a response that is not local. So is one that does not give a number; the context terms
 * are type-checked too if `scope` says what the other columns hold.
 */
export function responseFormulas(config: FastReconstructionConfig, scope?: Scope): ResponseFormulas {
  const given: [Parameter, string | undefined][] = [
    ['pt', 'pt'],
    ['eta', 'eta'],
    ['phi', 'phi'],
    ['pt_scale', config.pt_scale],
    ['pt_width', config.pt_width],
    ['eta_width', config.eta_width],
    ['phi_width', config.phi_width],
    ['tail.fraction', config.tail?.fraction],
    ['tail.scale', config.tail?.scale],
    ['tail.width', config.tail?.width],
    ['context.pt_scale', config.context?.pt_scale],
    ['context.pt_width', config.context?.pt_width],
  ];
  const definitions = new Map<string, Formula>();
  const names = config.objects.map((object, o) => {
    const local = localNames(object);
    // Widths mix GeV and pure numbers freely (0.01 + 0.0001 * pt): local names carry no unit.
    const localScope: Scope = new Map([...local.keys()].map((name) => [name, { type: 'number', unit: null }]));
    const named = new Map<Parameter, string>();
    for (const [parameter, text] of given) {
      if (text === undefined) continue;
      const where = `fast_reconstruction.${parameter}`;
      const formula = within(where, () => parse(text));
      const isLocal = !parameter.startsWith('context');
      if (isLocal) refuseOthers(where, text, formula, local);
      if (isLocal || scope !== undefined) {
        const { type } = within(where, () => typeOf(formula, new Map([...(scope ?? []), ...localScope])));
        if (type !== 'number') throw wrongPipeline(`${where}: '${text}' gives no number but a ${type}`);
      }
      definitions.set(internalName(o, parameter), substitute(formula, local));
      named.set(parameter, internalName(o, parameter));
    }
    return named;
  });
  return { definitions, names };
}

function localNames(object: ReconstructedObject): ReadonlyMap<string, Formula> {
  const column = (name: string): Formula => ({ kind: 'name', name, at: 0 });
  const local = new Map([
    ['pt', column(object.pt[0])],
    ['eta', column(object.eta[0])],
    ['phi', column(object.phi[0])],
  ]);
  for (const [name, text] of Object.entries(object.with ?? {})) {
    if (local.has(name)) throw wrongPipeline(`fast_reconstruction.objects: 'with' may not rename '${name}'`);
    local.set(
      name,
      within(`fast_reconstruction.objects.with.${name}`, () => parse(text)),
    );
  }
  return local;
}

/** Says in front of a Problem which entry it is about. */
function within<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw wrongPipeline(`${where}: ${messageOf(thrown)}`, thrown);
  }
}

function refuseOthers(where: string, text: string, formula: Formula, local: ReadonlyMap<string, Formula>): void {
  for (const name of namesIn(formula)) {
    if (local.has(name)) continue;
    throw wrongPipeline(
      `${where}: '${text}' uses '${name}', which is not a parameter of the object ` +
        `(${[...local.keys()].join(', ')}): bind it in objects.with, or move the term to fast_reconstruction.context`,
    );
  }
}
