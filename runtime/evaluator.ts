import { compile, type Evaluator } from '../operators/expressions/evaluate.js';
import type { Precision } from '../operators/expressions/precision.js';
import type { PipelinePlan } from './pipeline_plan.js';

/** Quantities that are evaluated together. */
export interface EvaluatedPart {
  readonly names: readonly string[];
  readonly precision: Precision;
}

/**
 * What is computed with singles and what with doubles. `precision: f32` is for what is measured: context, response and
 * spectrum. Weights, numbers of windows and objects stay doubles, since a single counts to no more than 2^24.
 */
export function evaluatedParts({ evaluated, measured, precision }: EvaluatedPlan): EvaluatedPart[] {
  const isSingle = (name: string): boolean => precision === 'f32' && measured.includes(name);
  const parts: EvaluatedPart[] = [
    { names: evaluated.filter(isSingle), precision: 'f32' },
    { names: evaluated.filter((name) => !isSingle(name)), precision: 'f64' },
  ];
  return parts.filter(({ names }) => names.length > 0);
}

type EvaluatedPlan = Pick<PipelinePlan, 'evaluated' | 'measured' | 'precision'>;

/** Evaluates what a pipeline keeps of an event, in the order of `evaluated`. */
export function evaluatorOf(plan: PipelinePlan): Evaluator {
  const { definitions, order, evaluated, evaluatedBy } = plan;
  const [first, ...others] = evaluatedParts(plan).map(({ names, precision }) =>
    compile(definitions, order, names, evaluatedBy, precision),
  );
  if (!first) return () => new Map();
  if (others.length === 0) return first;
  return (columns, length) => {
    const all = new Map([first, ...others].flatMap((evaluate) => [...evaluate(columns, length)]));
    return new Map(evaluated.map((name) => [name, all.get(name)!]));
  };
}
