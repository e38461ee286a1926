import type { EvaluatedBy } from '../operators/expressions/evaluate.js';
import { namesIn, parse, type Formula } from '../operators/expressions/formula.js';
import type { Precision } from '../operators/expressions/precision.js';
import { plan } from '../operators/expressions/plan.js';
import { typeOf, type Scope, type Signature } from '../operators/expressions/types.js';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { declaredFormulas, objectFormulas } from './local_formulas.js';
import { modelOutputs, planModels, type ModelPlan } from './model_plan.js';
import { windowColumns } from './window.js';
import {
  at,
  checkLocalModel,
  checkNames,
  checkObjects,
  checkReconstruction,
  checkUnits,
  type Locate,
} from './pipeline_checks.js';

/** Name of the event weight among the definitions; no column can be called so. */
export const WEIGHT = '(weight)';
/** Number of the event's window, before windows are counted from 0 (runtime/window.ts). */
export const WINDOW = '(window)';

/** Names that a pipeline's author gave; the others are in brackets. */
const isWritten = (name: string): boolean => !name.startsWith('(');

/** What a pipeline computes, whatever the sample. Plain data. */
export interface PipelinePlan {
  readonly definitions: ReadonlyMap<string, Formula>;
  /** Columns whose values are kept for the passes over the events: context, response, spectrum, weight. */
  readonly kept: readonly string[];
  /** Of these, the ones that formulas give; the number of the window is made apart. */
  readonly evaluated: readonly string[];
  /** Definitions in order of need. */
  readonly order: readonly string[];
  /** Columns of the pipeline, and outputs of its models, that the formulas need. */
  readonly needs: readonly string[];
  readonly signatures: ReadonlyMap<string, Signature>;
  /** All models of the pipeline, in order of need. */
  readonly models: readonly ModelPlan[];
  /** Types of the pipeline's columns and of its models' outputs. */
  readonly given: Scope;
  readonly context: readonly string[];
  readonly evaluatedBy: EvaluatedBy;
  /** Of the evaluated ones those that `precision` is for: context, response, spectrum. */
  readonly measured: readonly string[];
  readonly precision: Precision;
}

/** What is asked for; of a pipeline from before there was a choice, the same. */
export const evaluatedBy = ({ evaluation }: Partial<Pipeline>): EvaluatedBy =>
  evaluation === 'plain' ? 'plain' : 'auto';

/** As `evaluatedBy`. */
const precisionOf = ({ precision = 'f64' }: Partial<Pipeline>): Precision => precision;

/** Parses and types every formula of a pipeline and puts them in order. A mistake is a Problem (2) with its line. */
export function planPipeline(pipeline: Pipeline, locate: Locate = (path) => path.join('.')): PipelinePlan {
  const columns: Scope = new Map(
    Object.entries(pipeline.columns).map(([name, { unit, list }]) => [
      name,
      { type: list ? 'list' : 'number', unit: unit ?? null },
    ]),
  );
  const given: Scope = new Map([...columns, ...modelOutputs(pipeline, locate)]);
  const where = new Map<string, PropertyKey[]>();
  const definitions = new Map<string, Formula>();
  const define = (name: string, text: string, path: PropertyKey[]): void => {
    if (definitions.has(name) || given.has(name)) throw wrongPipeline(`${locate(path)}: the name is taken already`);
    definitions.set(
      name,
      at(locate, path, () => parse(text)),
    );
    where.set(name, path);
  };
  for (const [name, text] of Object.entries(pipeline.define)) define(name, text, ['define', name]);
  for (const [name, { formula }] of Object.entries(pipeline.context))
    define(name, formula, ['context', name, 'formula']);
  if (pipeline.weight !== undefined) define(WEIGHT, pipeline.weight, ['weight']);
  const forObjects = objectFormulas(pipeline, locate);
  declaredFormulas(pipeline, locate);
  for (const { name, formula, path } of forObjects) {
    definitions.set(name, formula);
    where.set(name, [...path]);
  }
  checkNames(pipeline, locate, [...given.keys(), ...definitions.keys()].filter(isWritten));

  const context = Object.keys(pipeline.context);
  const { response, spectrum } = pipeline;
  const measured = [
    ...context,
    ...(response ? [response.reco, response.truth] : []),
    ...(spectrum ? [spectrum.reco, ...(spectrum.truth === undefined ? [] : [spectrum.truth])] : []),
  ];
  const evaluated = [
    ...new Set([
      ...measured,
      ...(pipeline.weight === undefined ? [] : [WEIGHT]),
      ...forObjects.map(({ name }) => name),
      ...windowColumns(pipeline),
    ]),
  ];
  const kept = [...evaluated, ...(pipeline.window === undefined ? [] : [WINDOW])];
  // Everything is planned, so that a mistake in a formula that nothing uses is seen as well.
  const whole = orderOf(definitions, [...definitions.keys()], given, where, locate);
  const models = planModels(pipeline, definitions, given, evaluatedBy(pipeline), locate);
  const wanted = orderOf(definitions, evaluated, given, where, locate);
  const scope = new Map([...given, ...whole.signatures]);
  checkUnits(pipeline, scope, locate);
  checkObjects(pipeline, scope, locate);
  checkLocalModel(pipeline, locate);
  checkReconstruction(pipeline, definitions, columns, locate);
  for (const name of evaluated) {
    const type = whole.signatures.get(name)?.type ?? 'number';
    if (type === 'list')
      throw wrongPipeline(
        `${locate(where.get(name) ?? [])}: ${name === WEIGHT ? 'the weight' : name} is a list; one number an event is needed`,
      );
  }
  return {
    definitions,
    kept,
    evaluated,
    order: wanted.order,
    needs: wanted.needs,
    models,
    signatures: whole.signatures,
    given,
    context,
    evaluatedBy: evaluatedBy(pipeline),
    measured: measured.filter((name) => !windowColumns(pipeline).includes(name)),
    precision: precisionOf(pipeline),
  };
}

function orderOf(
  definitions: ReadonlyMap<string, Formula>,
  wanted: readonly string[],
  given: Scope,
  where: ReadonlyMap<string, PropertyKey[]>,
  locate: Locate,
): ReturnType<typeof plan> {
  try {
    return plan(definitions, wanted, given);
  } catch (error) {
    // The planner sees all formulas at once: find the one at fault for its line.
    for (const [name, formula] of definitions) {
      const scope = new Map(given);
      for (const other of namesIn(formula))
        if (definitions.has(other)) scope.set(other, { type: 'number', unit: null });
      at(locate, where.get(name) ?? [], () => typeOf(formula, scope));
    }
    const [, culprit = ''] = /(?:'|cycle |define )(\w+)/.exec(messageOf(error)) ?? [];
    const path = where.get(culprit) ?? (given.has(culprit) ? ['columns', culprit] : []);
    throw wrongPipeline(`${locate(path)}: ${messageOf(error)}`, error);
  }
}
