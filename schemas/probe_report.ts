import { z } from 'zod';
import { count } from './parts.js';

/** A share k of n with its Wilson interval (68 %). null: n is 0. */
const share = z.strictObject({
  k: count,
  n: count,
  value: z.number().nullable(),
  low: z.number(),
  high: z.number(),
});
/** A number with its standard error (68 %); null: it cannot be known, and `reason` says why. */
const estimate = z.strictObject({
  value: z.number().nullable(),
  error: z.number().nullable(),
  reason: z.string().optional(),
});
const regime = z.union([z.literal('all'), count]);

/** What one attack does at one size, in one regime, beside the control with the same size and constraints. */
const fooling = z.strictObject({
  attack: z.string(),
  size: z.number().describe('s, in uncertainties'),
  regime,
  fooled: share.describe('among the events that were right before'),
  random: share.describe('the control: the best of as many random directions as the report says'),
  difference: estimate.describe('fooled − random; of paired events (McNemar)'),
  undetected: share.nullable().describe('fooled and not told from nominal by the classifier trained for it, of all'),
});

const histogram = z.strictObject({
  feature: z.string(),
  unit: z.string().nullable(),
  edges: z.array(z.number()),
  nominal: z.array(count).describe('with underflow first and overflow last'),
  perturbed: z.array(count),
  distance: z.number().describe('Jensen–Shannon distance, base 2: 0 the same, 1 disjoint'),
});

/** One quantity that an analysis would measure with the model, and how far allowed changes move it. */
const hidden = z.strictObject({
  attack: z.string(),
  size: z.number(),
  regime,
  quantity: z.string().describe("'efficiency', 'mistag', 'bias', 'peak'"),
  unit: z.string().nullable(),
  nominal: estimate,
  shift: estimate.describe('perturbed − nominal, on the same events'),
  random: estimate.describe('the same after one random step of each event, of the size of the attack'),
  oneAtATime: estimate.describe('root of the sum of squares of the shifts by ±1σ of one input (or group) at a time'),
  largest: z.strictObject({ input: z.string(), shift: z.number() }).nullable(),
});

const eventRow = z.strictObject({
  event: z.string().describe('identity'),
  regime: count,
  before: z.number(),
  after: z.number(),
  moved: z.array(z.strictObject({ feature: z.string(), from: z.number(), to: z.number(), pull: z.number() })),
});

/** report.json of `regimewatch probe`. */
export const probeReportSchema = z.strictObject({
  model: z.string(),
  title: z.string(),
  kind: z.enum(['classify', 'regress']),
  regimewatch: z.string(),
  pipeline: z.string(),
  pipelineHash: z.string(),
  cardHash: z.string(),
  modelSha256: z.string(),
  seed: count,
  samples: z.array(z.strictObject({ path: z.string(), format: z.string(), events: count, sha256: z.string() })),
  events: z.strictObject({
    read: count,
    usable: count,
    sampled: count.describe('chosen by the hash of their identity'),
    right: count.describe('of these, decided right before; all for a regressor'),
    unanswered: count.describe('the model gave NaN: left out'),
    outside: z.record(z.string(), count).describe('outside the range of training, by input'),
    rejected: z.record(z.string(), count),
  }),
  figureOfMerit: z
    .strictObject({ name: z.string(), value: estimate })
    .nullable()
    .describe('AUC, or σ68 of the response'),
  regimes: z.array(z.strictObject({ id: count, label: z.string(), share: z.number(), events: count })),
  features: z.array(
    z.strictObject({ name: z.string(), unit: z.string().nullable(), role: z.enum(['free', 'follows', 'held']) }),
  ),
  constraints: z.strictObject({
    distance: z.number().describe('cap of the Jensen–Shannon distance of each feature'),
    correlation: z.number().describe('cap of the change of the correlation matrix (Frobenius), relative to its norm'),
  }),
  randomTries: count,
  attacks: z.array(
    z.strictObject({
      name: z.string(),
      preserving: z.boolean().describe('keeps distributions and correlations within the caps'),
      seconds: z.number().optional(),
      evaluations: count,
      largestDistance: z.number(),
      correlationChange: z.number(),
      pulls: z.array(z.strictObject({ feature: z.string(), rms: z.number(), largest: z.number() })),
      detector: z.strictObject({ auc: estimate }).nullable(),
    }),
  ),
  fooling: z.array(fooling),
  neededSize: z.array(
    z.strictObject({
      attack: z.string(),
      regime,
      fraction: z.number(),
      size: z.number().nullable().describe('smallest size that fools so large a fraction; null: none that was tried'),
      low: z.number().nullable(),
      high: z.number().nullable(),
      tried: z.number().describe('largest size that was tried'),
    }),
  ),
  outputShift: z
    .array(z.strictObject({ attack: z.string(), size: z.number(), regime, mean: estimate, sigma68: estimate }))
    .describe('(f(x′) − f(x)) in resolutions for a regressor, in logits for a classifier'),
  hidden: z.array(hidden),
  distributions: z.array(histogram).describe('of the attack that keeps distributions, at the nominal size'),
  correlations: z
    .strictObject({
      features: z.array(z.string()),
      nominal: z.array(z.array(z.number().nullable())),
      perturbed: z.array(z.array(z.number().nullable())),
    })
    .nullable(),
  mostFooled: z.array(eventRow),
  notes: z.array(z.string()),
  stateHash: z.string(),
  timing: z.strictObject({ seconds: z.number(), evaluationsPerSecond: z.number() }).optional(),
});

export type ProbeReport = z.infer<typeof probeReportSchema>;
