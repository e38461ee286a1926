import { z } from 'zod';
import { count, estimate, proportion, verdictWord } from './parts.js';

const regime = z.strictObject({
  regime: z.number().int(),
  label: z.string(),
  n: count,
  share: z.number().nullable(),
  bias: estimate.optional(),
  core: estimate.optional().describe('mean of the core of δ: what the checks watch'),
  median: estimate.optional(),
  sigma68: estimate.optional(),
  tail: proportion.optional().describe('share of events further than 3 sigma68 from the median'),
  pullMean: estimate.optional(),
  pullWidth: estimate.optional(),
  peak: estimate.optional().describe('position of the peak of the reconstructed spectrum, in its unit'),
  corrected: z
    .strictObject({
      bias: estimate,
      core: estimate.describe('mean of the core: what the alerts watch, since it is what is delivered'),
      median: estimate,
      sigma68: estimate,
    })
    .optional()
    .describe('with the correction in effect; without one the same as raw'),
  reference: z
    .strictObject({ core: estimate, sigma68: estimate, share: estimate, peak: estimate.optional() })
    .optional()
    .describe('of the windows that the checks learned from; absent until they have'),
  verdict: verdictWord.describe('null: too little data, outside the order'),
  why: z.string(),
});

const worstEvent = z.strictObject({
  identity: z.string().describe('of the event, as the pipeline names it; else its 64-bit key in hexadecimal'),
  regime: z.number().int(),
  delta: z.number(),
  pull: z.number(),
  values: z.record(z.string(), z.number()).describe("the objects' features, the context, reco and truth"),
});

const distribution = z.strictObject({
  regime: z.number().int(),
  stage: z.enum(['raw', 'corrected']),
  counts: z.array(count).describe('underflow, bins of equal width, overflow'),
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
      sigma68: estimate.optional(),
      pullMean: estimate.optional(),
      corrected: estimate.optional().describe('mean of the core of the corrected response'),
      correctedSigma68: estimate.optional(),
    }),
  ),
  distributions: z
    .strictObject({ low: z.number(), high: z.number(), rows: z.array(distribution) })
    .optional()
    .describe('of δ by regime, in at most 120 bins: for figures, not for numbers'),
  grid: z
    .strictObject({
      x: z.string(),
      y: z.string(),
      xEdges: z.array(z.number()),
      yEdges: z.array(z.number()),
      cells: z.array(
        z.strictObject({
          ...{ x: count, y: count, n: count },
          core: estimate,
          corrected: estimate.optional().describe('mean of the core of the corrected response'),
          regimes: z
            .array(z.tuple([z.number().int(), count]))
            .optional()
            .describe('events of each regime that has some, [regime, n], rising by regime; their sum is n'),
        }),
      ),
    })
    .optional()
    .describe('first two context variables; cells without events are left out, and so are flow bins'),
  zones: z
    .array(
      z.strictObject({
        variable: z.string(),
        quantity: z.enum(['bias', 'corrected', 'pull']),
        onset: z.number(),
        low: z.number(),
        high: z.number(),
        significance: z.number(),
        reached: z.number().describe('value of the quantity in the last bin'),
      }),
    )
    .optional()
    .describe('from which value of a context variable on the response changes; those found, with 95 % intervals'),
  worst: z.array(worstEvent).optional().describe('the largest |pull| of the window, at most 20'),
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
