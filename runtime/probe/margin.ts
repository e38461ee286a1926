import { log } from '../../operators/expressions/math/log.js';
import type { ModelCard } from '../../schemas/model_card.js';

/** Probabilities nearer to 0 or 1 are taken for this near: their logits would be infinite. */
const LEAST = 1e-15;

type Task = ModelCard['task'];
type Classify = Extract<Task, { kind: 'classify' }>;

/**
 * How far outputs are on the side of the signal: the logit of the score above that of the working point, or, of several
 * classes, above that of the largest other one. NaN where an output is none.
 */
export function scoreOf(
  task: Classify,
  card: Pick<ModelCard, 'outputs'>,
  outputs: readonly Float64Array[],
): Float64Array {
  const at = (name: string): number => card.outputs.findIndex((output) => output.name === name);
  const own = logits(card, outputs, at(task.output), task.others.length > 0);
  if (task.others.length > 0) {
    const others = task.others.map((name) => logits(card, outputs, at(name), true));
    return own.map((x, i) => x - Math.max(...others.map((other) => other[i]!)));
  }
  const probability = card.outputs[at(task.output)]!.meaning === 'probability';
  const point = probability ? logit(task.working_point ?? 0.5) : (task.working_point ?? 0);
  return own.map((x) => x - point);
}

/** As logits; of several classes the logarithm alone, whose differences are those of the logits of a softmax. */
function logits(
  { outputs: names }: Pick<ModelCard, 'outputs'>,
  outputs: readonly Float64Array[],
  at: number,
  several: boolean,
): Float64Array {
  const x = outputs[at]!;
  if (names[at]!.meaning !== 'probability') return x;
  return x.map((p) => (several ? log(Math.max(LEAST, p)) : logit(p)));
}

function logit(p: number): number {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, p));
  return log(inside) - log(1 - inside);
}
