import type { Pipeline } from '../schemas/pipeline.js';
import { withModels } from './model_columns.js';
import type { PipelinePlan } from './pipeline_plan.js';

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Models and probes of a pipeline, in words. */
export function explainModels({ models = {}, probes = {}, window }: Pipeline, plan: PipelinePlan): string[] {
  const running = new Set(withModels(plan.models, plan.needs).models.map(({ name }) => name));
  const modelLines = plan.models.flatMap(({ name, inputs, outputs }) => [
    `  ${name} (${models[name]!.card}): ${[...outputs.values()].join(', ')}${running.has(name) ? '' : ': nothing that is on needs it'}`,
    ...inputs.map((input) => `    ${input} = ${models[name]!.inputs[input]!}`),
  ]);
  const probeLines = Object.entries(probes).map(
    ([name, { card, attack, size, steps, rate, per_window: most, random_tries: tries }]) =>
      `  ${name} (${card}): ${attack}, ${size} σ, ${counted(steps, 'step')}, of ${100 * rate} % of the events, at most ${most} ${window === undefined ? 'in all' : 'a window'}; control: ${counted(tries, 'random direction')}`,
  );
  return [
    ...(modelLines.length > 0 ? ['models, in order of need', ...modelLines] : ['models: off: the pipeline has none']),
    ...(probeLines.length > 0 ? ['probes', ...probeLines] : ['probes: off: the pipeline has none']),
  ];
}
