import type { ContextWords } from '../operators/regimes/label.js';
import type { ContextVariable } from '../operators/regimes/regime_map.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { contextUnit } from './observations.js';

function wordsOf(name: string, { words, title = name }: Pipeline['context'][string]): ContextWords {
  return { low: words?.[0] ?? `low ${title}`, high: words?.[1] ?? `high ${title}`, title };
}

/** The context as the regimes are found in it. */
export const contextVariables = ({ context }: Pipeline): (ContextVariable & { readonly unit: number })[] =>
  Object.entries(context).map(([name, variable]) => ({
    name,
    unit: contextUnit(variable),
    words: wordsOf(name, variable),
  }));
