import { namesIn, parse, substitute, type Formula } from '../operators/expressions/formula.js';
import { typeOf, type Scope } from '../operators/expressions/types.js';
import { wrongPipeline } from '../operators/problem.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { at, type Locate } from './pipeline_checks.js';

/** What the local model needs of an event: columns that formulas give, named in brackets. */
export interface InternalFormula {
  readonly name: string;
  readonly formula: Formula;
  readonly path: readonly PropertyKey[];
}

export const DECLARED_BIAS = '(declared bias)';
export const DECLARED_SIGMA = '(declared sigma)';

/** Name of the column that holds a feature; objects that share a formula share the column. */
export const featureColumn = (text: string): string => `(object ${text})`;

/** The pipeline has what a local model needs: truth, and objects with features. */
export const hasLocalModel = ({ response, objects = [] }: Pipeline): boolean =>
  response !== undefined && objects.length > 0 && Object.keys(objects[0]!).length > 0;

/** Features whose values are continuous, in the pipeline's order. */
export const continuousFeatures = ({ objects = [], local_model: { categories } }: Pipeline): string[] =>
  Object.keys(objects[0] ?? {}).filter((name) => !(name in categories));

/** The features of all objects. */
export function objectFormulas(pipeline: Pipeline, locate: Locate): InternalFormula[] {
  if (!hasLocalModel(pipeline)) return [];
  const byName = new Map<string, InternalFormula>();
  pipeline.objects!.forEach((features, j) => {
    for (const [feature, text] of Object.entries(features)) {
      const name = featureColumn(text);
      const path = ['objects', j, feature];
      if (!byName.has(name)) byName.set(name, { name, formula: at(locate, path, () => parse(text)), path });
    }
  });
  return [...byName.values()];
}

/**
 * The declared response over all objects: E = Σ bias / N and σ = √(Σ sigma²) / N, for a quantity that is the mean of
 * what its N objects contribute, such as m of two leptons: δm = (δpT1 + δpT2) / 2. Over the feature columns, which
 * carry no unit here: widths mix GeV and pure numbers freely (0.01 + 0.0001 * pt).
 */
export function declaredFormulas(pipeline: Pipeline, locate: Locate): ReadonlyMap<string, Formula> | null {
  const { declared } = pipeline.local_model;
  if (declared === undefined || !hasLocalModel(pipeline)) return null;
  const objects = pipeline.objects!;
  const features = Object.keys(objects[0]!);
  const scope: Scope = new Map(features.map((name) => [name, { type: 'number', unit: null }]));
  const over = (key: 'bias' | 'sigma'): Formula[] => {
    const path = ['local_model', 'declared', key];
    const formula = at(locate, path, () => parse(declared[key]));
    for (const name of namesIn(formula)) {
      if (features.includes(name)) continue;
      throw wrongPipeline(
        `${locate(path)}: '${name}' is no feature of the objects (${features.join(', ')}); a local response can use these alone`,
      );
    }
    const { type } = at(locate, path, () => typeOf(formula, scope));
    if (type !== 'number') throw wrongPipeline(`${locate(path)}: gives no number but a ${type}`);
    return objects.map((object) =>
      substitute(formula, new Map(features.map((name) => [name, nameOf(featureColumn(object[name]!))]))),
    );
  };
  return new Map([
    [DECLARED_BIAS, combine('a / n', over('bias'))],
    [DECLARED_SIGMA, combine('sqrt(a) / n', over('sigma').map(square))],
  ]);
}

const nameOf = (name: string): Formula => ({ kind: 'name', name, at: 0 });

const square = (formula: Formula): Formula => substitute(parse('x * x'), new Map([['x', formula]]));

/** A formula of a, the sum of the terms, and n, their number. */
function combine(text: string, terms: readonly Formula[]): Formula {
  const sum = terms.reduce((a, b) =>
    substitute(
      parse('a + b'),
      new Map([
        ['a', a],
        ['b', b],
      ]),
    ),
  );
  return substitute(
    parse(text),
    new Map<string, Formula>([
      ['a', sum],
      ['n', parse(String(terms.length))],
    ]),
  );
}
