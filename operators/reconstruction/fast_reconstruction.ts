import type { Column } from '../batch.js';
import { compile } from '../expressions/evaluate.js';
import { namesIn } from '../expressions/formula.js';
import type { Scope } from '../expressions/types.js';
import { wrongPipeline } from '../problem.js';
import { isSeed } from '../random/seed.js';
import type { FastReconstructionConfig } from './config.js';
import { responseFormulas, type Parameter } from './response_formulas.js';
import { smear, type SmearedObject } from './smear.js';

export type { FastReconstructionConfig } from './config.js';

export interface FastReconstruction {
  /** Columns that `apply` reads. */
  readonly needs: readonly string[];
  /** Columns that `apply` makes. */
  readonly makes: readonly string[];
  /**
   * The reconstructed columns of `length` events, new arrays. `keyLo` and `keyHi` are the two words of each event's
   * identity; `eventNumber` is compared with `from_event` (NaN: the context terms do not act).
   */
  readonly apply: (
    columns: ReadonlyMap<string, Column>,
    keyLo: Uint32Array,
    keyHi: Uint32Array,
    eventNumber: Float64Array,
    length: number,
  ) => Map<string, Float64Array>;
}

const WIDTHS: readonly Parameter[] = ['pt_width', 'eta_width', 'phi_width', 'tail.width', 'context.pt_width'];

/**
 * A reconstruction made from truth by formulas: see `smear` for what is drawn.
 * A formula that cannot be read or is not local, a column that is made twice or read and made at once, and a width
 * below 0 are Problems (2). `scope`, if given, is what the context terms are type-checked against.
 */
export function fastReconstruction(config: FastReconstructionConfig, scope?: Scope): FastReconstruction {
  const { seed } = config;
  if (!isSeed(seed)) {
    throw wrongPipeline(`fast_reconstruction.seed: ${seed} is not a seed; give an integer from 0 to 4294967295`);
  }
  const { definitions, names } = responseFormulas(config, scope);
  const needs = [...new Set([...definitions.values()].flatMap((formula) => [...namesIn(formula)]))];
  const makes = config.objects.flatMap(({ pt, eta, phi }) => [pt[1], eta[1], phi[1]]);
  refuseClash(needs, makes);
  const outputs = [...definitions.keys()];
  const evaluate = compile(definitions, outputs, outputs);

  return {
    needs,
    makes,
    apply: (columns, keyLo, keyHi, eventNumber, length) => {
      const evaluated = evaluate(columns, length);
      const context = new Uint8Array(length);
      const from = config.from_event ?? -Infinity;
      for (let i = 0; i < length; i++) context[i] = eventNumber[i]! >= from ? 1 : 0;
      const made = new Map<string, Float64Array>();
      config.objects.forEach(({ pt, eta, phi }, object) => {
        const parameters = new Map([...names[object]!].map(([parameter, name]) => [parameter, evaluated.get(name)!]));
        for (const width of WIDTHS) refuseNegative(width, parameters.get(width), eventNumber);
        const into: SmearedObject = {
          pt: new Float64Array(length),
          eta: new Float64Array(length),
          phi: new Float64Array(length),
        };
        smear({ seed, keyLo, keyHi, context, length }, object, parameters, into);
        made.set(pt[1], into.pt).set(eta[1], into.eta).set(phi[1], into.phi);
      });
      return made;
    },
  };
}

function refuseClash(needs: readonly string[], makes: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of makes) {
    if (seen.has(name)) throw wrongPipeline(`fast_reconstruction.objects: column '${name}' is made twice`);
    if (needs.includes(name)) {
      throw wrongPipeline(`fast_reconstruction: column '${name}' is both read and made: give it another name`);
    }
    seen.add(name);
  }
}

function refuseNegative(parameter: Parameter, widths: Float64Array | undefined, eventNumber: Float64Array): void {
  if (widths === undefined) return;
  for (let i = 0; i < widths.length; i++) {
    if (!(widths[i]! < 0)) continue;
    throw wrongPipeline(
      `fast_reconstruction.${parameter}: ${widths[i]!} at event ${eventNumber[i]!}; a width is 0 or more: ` +
        `bound the formula, as in max(..., 0)`,
    );
  }
}
