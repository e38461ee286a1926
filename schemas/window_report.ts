import { z } from 'zod';
import { count, estimate, verdictWord } from './parts.js';

const regime = z.strictObject({
  regime: z.number().int(),
  label: z.string(),
  n: count,
  share: z.number().nullable(),
  bias: estimate.optional(),
  core: estimate.optional().describe('mean of the core of δ: what the checks watch'),
  median: estimate.optional(),
  sigma68: estimate.optional(),
  pullMean: estimate.optional(),
  peak: estimate.optional().describe('position of the peak of the reconstructed spectrum, in its unit'),
  corrected: z
    .strictObject({ bias: estimate, median: estimate, sigma68: estimate })
    .optional()
    .describe('with the correction in effect'),
  verdict: verdictWord.describe('null: too little data, outside the order'),
  why: z.string(),
});

/** One closed window of a live stream: the same bits for any number of workers, however often they were killed. */
export const windowReportSchema = z.strictObject({
  pipeline: z.string(),
  pipelineHash: z.string(),
  window: z.number().describe('number of the window'),
  index: count.describe('counts the closed windows'),
  events: count,
  partitions: z.array(z.number().int()).describe('that had events of the window'),
  models: z.string().describe('hash of the regime map, core and local model'),
  correction: z.string().nullable().describe('hash of the correction in effect'),
  regimes: z.array(regime),
  byContext: z.array(
    z.strictObject({
      variable: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      n: count,
      core: estimate,
      pullMean: estimate.optional(),
    }),
  ),
  alarms: z
    .array(
      z.strictObject({
        check: z.enum(['cusum', 'page_hinkley', 'share_drift']),
        quantity: z.enum(['bias', 'sigma68', 'pull', 'share']),
        regime: z.union([z.number().int(), z.literal('all')]),
        statistic: z.number(),
        threshold: z.number(),
        since: z.number().nullable().describe('number of the window at which the excursion began'),
        change: estimate,
      }),
    )
    .describe('checks in alarm after this window'),
  online: z
    .array(
      z.strictObject({ kind: z.string(), version: z.string().nullable(), effective: z.number(), reason: z.string() }),
    )
    .describe('what became of refits'),
  chain: z.string().describe('SHA-256 of this report and the chain before: equal chains, equal reports'),
});

export type WindowReport = z.infer<typeof windowReportSchema>;
