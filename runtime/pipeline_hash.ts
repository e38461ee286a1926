import { contentHash } from '../operators/summaries/codec.js';
import type { Pipeline } from '../schemas/pipeline.js';

/**
 * Hash of what a result depends on: the limits of alerts change what is said of it, not what it is, and
 * how formulas are evaluated changes no bit.
 */
export function pipelineHash(pipeline: Pipeline): string {
  const content: Partial<Pipeline> = { ...pipeline };
  delete content.alerts;
  delete content.evaluation;
  return contentHash(content);
}
