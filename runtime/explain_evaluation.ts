import { describeProgram } from '../operators/compiled/describe_program.js';
import { fillOf } from '../operators/compiled/fills/index.js';
import { whyNotHere } from '../operators/compiled/why_not_here.js';
import type { Entry } from '../operators/summaries/book.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { observeEntries, surveyEntries } from './observations.js';
import { evaluatedParts, type EvaluatedPart } from './evaluator.js';
import type { PipelinePlan } from './pipeline_plan.js';

/** How the formulas of a pipeline are evaluated and the summaries of a replay filled, in words. */
export function explainEvaluation(pipeline: Pipeline, plan: PipelinePlan): string {
  const { columns, evaluation } = pipeline;
  if (evaluation === 'plain') return 'evaluation: plain loops, as `evaluation: plain` asks';
  const why = whyNotHere();
  if (why !== null) return `evaluation: plain loops: ${why}`;
  const isList = (name: string): boolean => columns[name]?.list === true;
  const parts = evaluatedParts(plan).map((part) => explainPart(part, plan, isList));
  const fills = explainFills([...surveyEntries(pipeline), ...observeEntries(pipeline, 1)]);
  return `evaluation: ${[...parts, fills].join('; ')}`;
}

const OF = { f64: '', f32: ' of singles' } as const;

function explainPart(
  { names, precision }: EvaluatedPart,
  { definitions, order }: PipelinePlan,
  isList: (name: string) => boolean,
): string {
  const found = describeProgram(definitions, order, names, isList, precision);
  const { compiled, instructions, bytes, always, rarely, plain, tooLarge } = found;
  if (tooLarge) return `plain loops${OF[precision]}: ${instructions} instructions are more than the compiler takes`;
  if (compiled === 0) return `plain loops${OF[precision]}: no formula computes with numbers`;
  const written = plain.filter((name) => !name.startsWith('('));
  return [
    `one SIMD loop${OF[precision]} of ${instructions} instructions (${bytes} bytes) for ${compiled} quantities`,
    ...(always.length > 0 ? [`one event at a time: ${always.join(', ')}`] : []),
    ...(rarely.length > 0 ? [`far out one event at a time: ${rarely.join(', ')}`] : []),
    ...(written.length > 0 ? [`by plain loops: ${written.join(', ')}`] : []),
  ].join('; ');
}

function explainFills(entries: readonly Entry[]): string {
  const others = entries.filter(({ summary }) => fillOf(summary) === undefined);
  const own = [...new Set(others.map(({ summary }) => summary))];
  return `summaries of a replay: ${entries.length - others.length} in SIMD loops, by loops of their own: ${own.join(', ')}`;
}
