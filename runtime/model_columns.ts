import type { Column } from '../operators/batch.js';
import type { Model } from '../operators/probes/types.js';
import { inBrackets, type ModelPlan } from './model_plan.js';
import { reject, type Verdicts } from './verdicts.js';

/** Models that a sample needs, in order, and which of their columns have to be numbers. */
export interface ModelStage {
  readonly models: readonly ModelPlan[];
  readonly used: ReadonlySet<string>;
}

/** Models by name, opened. */
export type OpenModels = ReadonlyMap<string, Model>;

export async function closeModels(opened: OpenModels): Promise<void> {
  await Promise.all([...opened.values()].map((model) => model.close()));
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
