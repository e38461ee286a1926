import type { Pipeline } from '../schemas/pipeline.js';

/** What a partial cannot give: the skim has what the passes need, and no inputs of models that are probed. */
export const partialNotes = ({ probes = {} }: Pick<Pipeline, 'probes'>): string[] =>
  Object.keys(probes).length === 0
    ? []
    : ['probes: not run: partials do not carry the inputs of models; replay the samples themselves'];
