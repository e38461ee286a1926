import { compile } from '../../operators/expressions/evaluate.js';
import { parse } from '../../operators/expressions/formula.js';
import { plan } from '../../operators/expressions/plan.js';
import type { Scope } from '../../operators/expressions/types.js';
import type { Objective } from '../../operators/probes/types.js';
import type { ModelCard } from '../../schemas/model_card.js';

const nominal = (name: string): string => `nominal_${name}`;

/**
 * All inputs of a model, of events whose free inputs have been changed: the free ones as given, those that follow from
 * others computed anew of the changed values (and of nominal ones, as nominal_NAME), the others as they were. `values`
 * are the inputs as they were, in the order of the card. A wrong formula is a Problem (2).
 */
export function featuresOf(
  { inputs }: Pick<ModelCard, 'inputs'>,
  free: readonly string[],
  values: readonly Float64Array[],
): Objective['features'] {
  const following = inputs.filter(({ follows }) => follows !== undefined).map(({ name }) => name);
  const definitions = new Map(
    inputs.flatMap(({ name, follows }) => (follows === undefined ? [] : [[name, parse(follows)] as const])),
  );
  const given: Scope = new Map(
    inputs.flatMap(({ name }) => [
      ...(definitions.has(name) ? [] : [[name, { type: 'number', unit: null }] as const]),
      [nominal(name), { type: 'number', unit: null }] as const,
    ]),
  );
  const { order, needs } = plan(definitions, following, given);
  const evaluate = compile(definitions, order, following);
  const place = new Map(free.map((name, j) => [name, j]));
  return (rows, x) => {
    // Not Float64Array.from, whose iterator takes ten times as long.
    const gathered = (i: number): Float64Array => {
      const from = values[i]!;
      const out = new Float64Array(rows.length);
      for (let r = 0; r < rows.length; r++) out[r] = from[rows[r]!]!;
      return out;
    };
    const columns = new Map<string, Float64Array>();
    inputs.forEach(({ name }, i) => {
      const j = place.get(name);
      if (j !== undefined) columns.set(name, x[j]!);
      else if (!definitions.has(name)) columns.set(name, gathered(i));
      if (needs.includes(nominal(name))) columns.set(nominal(name), gathered(i));
    });
    const derived = following.length === 0 ? new Map<string, Float64Array>() : evaluate(columns, rows.length);
    // What the evaluator gives is good until its next call.
    return inputs.map(({ name }) => columns.get(name) ?? derived.get(name)!.slice());
  };
}
