import { contentHash } from '../operators/summaries/codec.js';
import type { Pipeline } from '../schemas/pipeline.js';

/**
 * Hash of what a result depends on: the limits of alerts change what is said of it, not what it is, and
 * how formulas are evaluated changes no bit. Doubles are what there was before there was a choice.
 */
export function pipelineHash(pipeline: Pipeline): string {
  const content: Partial<Pipeline> = { ...pipeline };
  delete content.alerts;
  delete content.evaluation;
  if (content.precision === 'f64') delete content.precision;
  return contentHash(content);
}
