import { namesIn, parse } from '../operators/expressions/formula.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { continuousFeatures, hasLocalModel } from './local_formulas.js';
import { memoryWords } from './memory_of.js';

/** What is asked of the response: local model, its test, danger zone, correction, checks over windows; a line each. */
export function explainAnalysis(pipeline: Pipeline): string[] {
  if (pipeline.response === undefined)
    return ['locality, danger zone, correction, checks: off: without truth no response'];
  const { locality, danger_zone: zone, correction, checks } = pipeline;
  const { tolerance } = zone;
  const wanted = `${checks.run_length} windows to a false alarm, of all checks together`;
  return [
    `local model: ${localWords(pipeline)}`,
    `locality: violated at ${locality.level} and beyond ${locality.tolerance} in δ, or pull width off 1 by ${locality.width_tolerance}`,
    `danger zone: level ${zone.level}, tolerance ${tolerance.bias} of the bias, ${tolerance.sigma68} of sigma68, ${tolerance.pull} of the pull`,
    `correction: ${correction === 'none' ? 'off' : `${correction.layers.join(', ')}, of the ${correction.target} of δ`}`,
    `checks: ${pipeline.window === undefined ? 'off: no windows' : `after ${checks.learn} windows; ${wanted}`}`,
    `models as windows close: ${onlineWords(pipeline)}`,
  ];
}

function onlineWords({ online, window }: Pipeline): string {
  if (online === undefined) return 'off: fitted on the whole sample';
  if (window === undefined) return 'off: no windows';
  return `after the first ${online.learn}, then every ${online.every}; memory: ${memoryWords(online.memory)}`;
}

function localWords(pipeline: Pipeline): string {
  if (!hasLocalModel(pipeline)) return 'off: the pipeline has no objects with features';
  const { local_model: model, objects = [] } = pipeline;
  const kinds = Object.keys(model.categories);
  const features = Object.entries(objects[0]!)
    .map(([name, text]) => `${name} from ${[...namesIn(parse(text))].join(', ')}`)
    .join('; ');
  const learned = `of ${continuousFeatures(pipeline).join(', ') || 'no feature'}${kinds.length > 0 ? ` for each ${kinds.join(' and ')}` : ''}`;
  return `learned ${learned}, cross-fitted in ${model.folds} folds${model.declared ? ', and declared' : ''}; verdict: ${model.verdict}; objects: ${objects.length} × (${features})`;
}
