import type { Column } from '../operators/batch.js';
import { compile, type Evaluator } from '../operators/expressions/evaluate.js';
import { parse, type Formula } from '../operators/expressions/formula.js';
import { plan } from '../operators/expressions/plan.js';
import type { Scope, Signature } from '../operators/expressions/types.js';
import { wrongPipeline } from '../operators/problem.js';
import type { Model } from '../operators/probes/types.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { at, type Locate } from './pipeline_checks.js';
import { reject, type Verdicts } from './verdicts.js';

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

/** Models that a sample needs, in order, and which of their columns have to be numbers. */
export interface ModelStage {
  readonly models: readonly ModelPlan[];
  readonly used: ReadonlySet<string>;
}

/** Models by name, opened. */
export type OpenModels = ReadonlyMap<string, Model>;

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
      evaluate: compile(all, order, wanted),
    };
  });
  return inOrder(plans, locate);
}

const inBrackets = (input: string): string => `(input ${input})`;

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

/** Of names that formulas need: the models behind them, in order, and all columns that this takes. */
export function withModels(
  plans: readonly ModelPlan[],
  wanted: readonly string[],
): ModelStage & { readonly columns: readonly string[] } {
  const all = new Set(wanted);
  const models: ModelPlan[] = [];
  for (const each of plans.toReversed()) {
    if (![...each.outputs.values()].some((column) => all.has(column))) continue;
    models.unshift(each);
    for (const need of each.needs) all.add(need);
  }
  const made = new Set(plans.flatMap(({ outputs }) => [...outputs.values()]));
  const used = new Set([...all].filter((name) => made.has(name)));
  return { models, used, columns: [...all].filter((name) => !made.has(name)) };
}

/** Runs the models, one after another, and adds their outputs to the columns. */
export async function addModelColumns(
  { models }: ModelStage,
  opened: OpenModels,
  columns: Map<string, Column>,
  length: number,
): Promise<void> {
  for (const { name, outputs, evaluate } of models) {
    const model = opened.get(name)!;
    const values = evaluate(columns, length);
    // Copies: a model may send its columns away to a thread of its own.
    const given = await model.run(
      model.inputs.map((input) => values.get(inBrackets(input))!.slice(0, length)),
      length,
    );
    model.outputs.forEach((output, i) => {
      const column = outputs.get(output);
      if (column !== undefined) columns.set(column, given[i]!);
    });
  }
}

/** Events for which a model gives no number are turned away, with a reason that names the model. */
export function modelVerdicts(
  { models, used }: ModelStage,
  columns: ReadonlyMap<string, Column>,
  length: number,
  verdicts: Verdicts,
): void {
  for (const { name, outputs } of models) {
    for (const [output, column] of outputs) {
      if (!used.has(column)) continue;
      const x = columns.get(column) as Float64Array;
      for (let i = 0; i < length; i++)
        if (!Number.isFinite(x[i]!)) reject(verdicts, i, `model ${name}: its output ${output} is not a finite number`);
    }
  }
}
