import { compile, type EvaluatedBy, type Evaluator } from '../operators/expressions/evaluate.js';
import { parse, type Formula } from '../operators/expressions/formula.js';
import { plan } from '../operators/expressions/plan.js';
import type { Scope, Signature } from '../operators/expressions/types.js';
import { wrongPipeline } from '../operators/problem.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { at, type Locate } from './pipeline_checks.js';

/** A model of the pipeline: what it needs, and the columns that it gives. */
export interface ModelPlan {
  readonly name: string;
  /** Columns of the pipeline, and outputs of models before it. */
  readonly needs: readonly string[];
  /** Its outputs → the columns that they are. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly inputs: readonly string[];
  readonly evaluate: Evaluator;
}

/** Columns that the models of a pipeline give. A name that is taken is a Problem (2). */
export function modelOutputs({ models = {}, columns }: Pipeline, locate: Locate): Map<string, Signature> {
  const given = new Map<string, Signature>();
  for (const [name, { outputs = {} }] of Object.entries(models)) {
    for (const [output, { unit }] of Object.entries(outputs)) {
      const column = `${name}_${output}`;
      if (given.has(column) || column in columns)
        throw wrongPipeline(
          `${locate(['models', name])}: its output ${output} is a column '${column}', and that name is taken`,
        );
      given.set(column, { type: 'number', unit: unit ?? null });
    }
  }
  return given;
}

/** The models in order of need. A wrong formula of an input, or models that need each other, is a Problem (2). */
export function planModels(
  { models = {} }: Pipeline,
  definitions: ReadonlyMap<string, Formula>,
  given: Scope,
  by: EvaluatedBy,
  locate: Locate,
): ModelPlan[] {
  const plans = Object.entries(models).map(([name, { inputs, outputs = {} }]): ModelPlan => {
    const formulas = Object.entries(inputs).map(([input, text]): [string, Formula] => [
      input,
      at(locate, ['models', name, 'inputs', input], () => parse(text)),
    ]);
    const all = new Map([...definitions, ...formulas.map(([input, formula]) => [inBrackets(input), formula] as const)]);
    const wanted = formulas.map(([input]) => inBrackets(input));
    for (const [input] of formulas) {
      at(locate, ['models', name, 'inputs', input], () => {
        const { type } = plan(all, [inBrackets(input)], given).signatures.get(inBrackets(input))!;
        if (type === 'list') throw wrongPipeline('is a list; one number an event is needed');
      });
    }
    const { order, needs } = plan(all, wanted, given);
    return {
      ...{ name, needs, inputs: formulas.map(([input]) => input) },
      outputs: new Map(Object.keys(outputs).map((output) => [output, `${name}_${output}`])),
      evaluate: compile(all, order, wanted, by),
    };
  });
  return inOrder(plans, locate);
}

/** The name of an input in `evaluate`. */
export const inBrackets = (input: string): string => `(input ${input})`;

function inOrder(plans: readonly ModelPlan[], locate: Locate): ModelPlan[] {
  const makers = new Map(plans.flatMap((each) => [...each.outputs.values()].map((column) => [column, each] as const)));
  const done: ModelPlan[] = [];
  const path: ModelPlan[] = [];
  const visit = (each: ModelPlan): void => {
    if (done.includes(each)) return;
    if (path.includes(each)) {
      const cycle = [...path.slice(path.indexOf(each)), each].map(({ name }) => name);
      throw wrongPipeline(`${locate(['models', each.name])}: models need each other: ${cycle.join(' → ')}`);
    }
    path.push(each);
    for (const need of each.needs) {
      const maker = makers.get(need);
      if (maker) visit(maker);
    }
    path.pop();
    done.push(each);
  };
  plans.forEach(visit);
  return done;
}
