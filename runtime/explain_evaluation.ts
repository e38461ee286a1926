import { describeProgram } from '../operators/compiled/describe_program.js';
import { whyNotHere } from '../operators/compiled/why_not_here.js';
import type { Pipeline } from '../schemas/pipeline.js';
import type { PipelinePlan } from './pipeline_plan.js';

/** How the formulas of a pipeline are evaluated, in words. */
export function explainEvaluation({ columns, evaluation }: Pipeline, plan: PipelinePlan): string {
  if (evaluation === 'plain') return 'evaluation: plain loops, as `evaluation: plain` asks';
  const why = whyNotHere();
  if (why !== null) return `evaluation: plain loops: ${why}`;
  const isList = (name: string): boolean => columns[name]?.list === true;
  const found = describeProgram(plan.definitions, plan.order, plan.evaluated, isList);
  const { compiled, instructions, bytes, always, rarely, plain, tooLarge } = found;
  if (tooLarge) return `evaluation: plain loops: ${instructions} instructions are more than the compiler takes`;
  if (compiled === 0) return 'evaluation: plain loops: no formula computes with numbers';
  const written = plain.filter((name) => !name.startsWith('('));
  return [
    `evaluation: one SIMD loop of ${instructions} instructions (${bytes} bytes) for ${compiled} quantities`,
    ...(always.length > 0 ? [`one event at a time: ${always.join(', ')}`] : []),
    ...(rarely.length > 0 ? [`far out one event at a time: ${rarely.join(', ')}`] : []),
    ...(written.length > 0 ? [`by plain loops: ${written.join(', ')}`] : []),
  ].join('; ');
}
