import { z } from 'zod';

const name = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name is letters, digits and _, and starts with a letter')
  .describe('a name that formulas can use');
const formula = z
  .union([z.string().min(1), z.number()])
  .transform(String)
  .describe('a formula, see docs/formulas.md');
const bins = z
  .tuple([z.number().int().min(1).max(100_000), z.number(), z.number()])
  .refine(([, low, high]) => low < high, 'the low edge must be below the high edge')
  .describe('equal bins: [number, low edge, high edge]');
const fraction = z.number().min(0).max(1);
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const column = z
  .strictObject({
    unit: z.string().min(1).optional(),
    range: z
      .tuple([z.number().nullable(), z.number().nullable()])
      .refine(([low, high]) => low === null || high === null || low <= high, 'the low end must not exceed the high end')
      .optional()
      .describe('valid range, ends included, null for no end; an event outside is rejected with the reason'),
    list: z.boolean().default(false).describe('a list of numbers an event, e.g. Jet_pt; the range holds for each'),
    title: z.string().optional(),
  })
  .describe('a column that a source must provide');

const contextVariable = z.strictObject({
  formula,
  unit: z.string().min(1).optional(),
  title: z.string().optional().describe('as printed on axes; default the name'),
  bins,
  report: z
    .array(z.number())
    .min(2)
    .refine((edges) => edges.every((edge, i) => i === 0 || edge > edges[i - 1]!), 'the edges must rise')
    .optional()
    .describe('edges of the bins in which the report quotes bias and sigma68; default ten of equal width'),
  words: z
    .tuple([z.string(), z.string()])
    .optional()
    .describe('what low and high values are called, e.g. [close, wide]'),
});

/** Names of the stored formats, as `sources:` in a pipeline calls them. */
export const FORMATS = ['lhe', 'parquet', 'csv', 'jsonl', 'arrow', 'avro', 'root', 'generator', 'kafka'] as const;

const source = z.strictObject({
  columns: z
    .record(name, formula)
    .optional()
    .describe("column of the pipeline: formula of the file's own names (a name alone renames)"),
  identity: z.union([name, z.array(name).min(1)]).optional(),
  tree: z.string().optional().describe('ROOT: name of the tree'),
});

const smearing = {
  pt_scale: formula.default('0').describe('mean of (reco − gen)/gen of pt'),
  pt_width: formula.describe('width of (reco − gen)/gen of pt'),
  eta_width: formula.default('0'),
  phi_width: formula.default('0').describe('rad'),
};

const fastReconstruction = z.strictObject({
  when: z.enum(['absent', 'always']).default('absent').describe('absent: only if the sample has no such columns'),
  seed: seed.default(1),
  objects: z
    .array(
      z.strictObject({
        pt: z.tuple([name, name]).describe('[true column, column that is made]'),
        eta: z.tuple([name, name]),
        phi: z.tuple([name, name]),
        with: z.record(name, name).optional().describe('further local names: { flavour: flavour }'),
      }),
    )
    .min(1),
  ...smearing,
  tail: z
    .strictObject({ fraction: formula, scale: formula, width: formula })
    .optional()
    .describe('second component, chosen with probability `fraction`'),
  context: z
    .strictObject({ pt_scale: formula.optional(), pt_width: formula.optional() })
    .optional()
    .describe('terms of context variables: the scale adds, the width adds in quadrature'),
  from_event: z.number().int().min(0).optional().describe('the context terms act from this event number on'),
});

const localModel = z.strictObject({
  verdict: z
    .enum(['learned', 'declared'])
    .default('learned')
    .describe('which model decides whether the response is local'),
  knots: z
    .record(name, z.number().int().min(1).max(64))
    .default({})
    .describe('knots of each feature of the objects; default 12 for the first, 5 for the others; 1 leaves it out'),
  categories: z
    .record(name, z.array(z.number()).min(1).max(16))
    .default({})
    .describe('features that tell kinds apart, with their values: { flavour: [11, 13] }'),
  winsorise: z.number().min(2).default(3).describe('δ is moved to within this many σ[δ|local] of E[δ|local]'),
  folds: z.number().int().min(2).max(20).default(5).describe('folds of cross-fitting'),
  max_events: z
    .number()
    .int()
    .min(1000)
    .default(500_000)
    .describe('about this many events, chosen by the hash of their identity, are used'),
  declared: z
    .strictObject({
      bias: formula.describe('expected response of one object, of its features'),
      sigma: formula.describe('its width'),
    })
    .optional()
    .describe(
      'expected response: the mean of `bias` over the objects, and the root of the sum of sigma² over their number',
    ),
});

const locality = z.strictObject({
  level: z.number().gt(0).lt(1).default(0.01).describe('chance of a violation where there is none'),
  tolerance: z.number().min(0).default(0.001).describe('bias in δ beyond the local response that is a trifle'),
  width_tolerance: z.number().min(0).default(0.1).describe('distance of a pull width from 1 that is a trifle'),
});

const dangerZone = z.strictObject({
  tolerance: z
    .strictObject({
      bias: z.number().min(0).default(0.005).describe('of the mean of δ'),
      sigma68: z.number().min(0).default(0.01).describe('of the half-width of the central 68 % of δ'),
      pull: z.number().min(0).default(0.1).describe('of the mean pull'),
    })
    .default({ bias: 0.005, sigma68: 0.01, pull: 0.1 })
    .describe('change beyond the onset that counts'),
  level: z.number().gt(0).lt(1).default(0.01).describe('chance of an onset where there is none'),
  replicates: z.number().int().min(50).max(10_000).default(400).describe('of the bootstrap'),
  seed: seed.default(1),
});

const correction = z.strictObject({
  target: z
    .enum(['mean', 'core'])
    .default('core')
    .describe('what is brought to 0: the mean of δ, or that of its core (δ moved to within 2.5 σ68 of the median)'),
  layers: z
    .array(z.enum(['regime', 'smooth']))
    .min(1)
    .default(['regime', 'smooth'])
    .describe('regime: a constant a regime; smooth: a function of the context in each'),
});

const windowsAtLeast = z.number().int().min(1);
const lateness = windowsAtLeast
  .max(64)
  .optional()
  .describe('live: how many further windows of a partition must have been seen for one to be complete; default 1');

const checks = z.strictObject({
  run_length: z
    .number()
    .min(10)
    .default(500)
    .describe('wanted mean number of windows to the first false alarm of all checks together'),
  k: z.number().min(0).default(1).describe('shift that is half ignored, in errors of a window'),
  learn: windowsAtLeast.default(8).describe('windows that are only learned from'),
  tolerance: z
    .strictObject({
      bias: z.number().min(0).default(0.001).describe('change of the mean of the core of δ'),
      sigma68: z.number().min(0).default(0.002),
      pull: z.number().min(0).default(0.02).describe('change of the mean pull'),
    })
    .default({ bias: 0.001, sigma68: 0.002, pull: 0.02 })
    .describe('change that is a trifle'),
  least: z.number().int().min(10).default(100).describe('fewest events of a regime in a window'),
  warning: z.number().gt(0).max(1).default(0.7).describe('share of its threshold from which a check warns'),
  raise: windowsAtLeast.default(1).describe('windows in a row that make a verdict worse'),
  clear: windowsAtLeast.default(3).describe('windows in a row that make it better'),
});

const online = z.strictObject({
  learn: windowsAtLeast.default(4).describe('windows before the first fit'),
  every: windowsAtLeast.default(2).describe('windows from one fit to the next'),
  memory: z
    .union([
      z.literal('cumulative'),
      z.strictObject({ sliding: windowsAtLeast }),
      z.strictObject({ half_life: z.number().positive() }),
    ])
    .default('cumulative')
    .describe('training data: all windows, the last so many, or all with a weight that halves in so many'),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256: 64 hexadecimal digits');
const pinned = {
  card: z.string().min(1).describe('model card (YAML), relative to the pipeline file'),
  card_hash: sha256.optional().describe('hash of the content of the card that is meant; filled in from the card'),
  sha256: sha256.optional().describe('SHA-256 of the model file that is meant; filled in from the card'),
};

const streamModel = z.strictObject({
  ...pinned,
  inputs: z.record(name, formula).default({}).describe('INPUT: formula, in place of the one of the card'),
  outputs: z
    .record(name, z.strictObject({ unit: z.string().min(1).optional() }))
    .optional()
    .describe('outputs of the card: each is a column NAME_OUTPUT; filled in from the card'),
});

/** What searches for changes of the inputs that fool a model. */
export const ATTACKS = ['gradient', 'coordinate', 'evolutionary', 'minimal', 'preserving'] as const;

const probe = z.strictObject({
  ...pinned,
  attack: z.enum(ATTACKS).default('gradient').describe('what searches; a control of random directions runs beside'),
  size: z.number().positive().default(1).describe('how far an input may move, in its uncertainties'),
  steps: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(3)
    .describe('of the search; it has found nearly all after three, and ends for an event that is fooled'),
  caps: z
    .strictObject({
      distance: z.number().positive().default(0.06).describe('Jensen–Shannon distance of each feature'),
      correlation: z.number().positive().default(0.006).describe('relative change of the correlation matrix'),
    })
    .default({ distance: 0.06, correlation: 0.006 })
    .describe('attack: preserving; how little distributions may change'),
  rate: z.number().gt(0).max(1).default(0.01).describe('share of the events, chosen by the hash of their identity'),
  per_window: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .describe('most events of a window, or of all where the pipeline has no window'),
  random_tries: z.number().int().min(1).max(100).default(1).describe('directions of the control; the best one counts'),
  seed: seed.default(1),
  tolerance: z.number().min(0).max(1).default(0.01).describe('share fooled beyond the control that is a trifle'),
  cpu: z.number().gt(0).max(1).default(0.1).describe('live: share of one core that the probe may use'),
});

const alerts = z.strictObject({
  bias: z.number().min(0).default(0.005).describe('|mean of the core of δ|, as delivered, that is a trifle'),
  sigma68: z.number().min(0).default(0.2).describe('relative growth of sigma68 over the reference that is a trifle'),
  peak: z.number().min(0).default(0.005).describe('relative shift of the peak that is a trifle'),
  share: z.number().min(0).default(0.05).describe('change of the share of a regime that is a trifle'),
  probe: z.number().min(0).max(1).default(0.05).describe('share fooled beyond the control that is a trifle'),
  significance: z.number().positive().default(5).describe('errors by which a trifle has to be exceeded'),
  clear: z
    .number()
    .gt(0)
    .max(1)
    .default(0.7)
    .describe('hysteresis: an alert that fires ends below this part of its limit'),
  least: z.number().int().min(10).default(100).describe('fewest events of a regime in a window; fewer: no verdict'),
  for_seconds: z.number().min(0).default(0).describe('how long a condition of a window has to hold'),
  silent_seconds: z.number().positive().default(120).describe('no closed window for so long: no data'),
  lag: z.number().min(1).default(1_000_000).describe('messages behind the end of the log'),
  rejected: z.number().gt(0).max(1).default(0.05).describe('share of events rejected over five minutes'),
  checkpoint_seconds: z.number().positive().default(120).describe('age of the last checkpoint'),
  page: z.string().default('http://127.0.0.1:8765/').describe('address of the page that alerts link to'),
  runbooks: z.string().default('docs/runbooks/').describe('where the runbooks are, as links begin'),
});

export const pipelineSchema = z.strictObject({
  pipeline: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'lower-case letters, digits, - and _'),
  title: z.string().min(1),
  columns: z.record(name, column),
  sources: z.partialRecord(z.enum(FORMATS), source).default({}),
  define: z.record(name, formula).default({}),
  objects: z
    .array(z.record(name, formula))
    .optional()
    .describe('features of each object for the local model: the same names for each'),
  context: z
    .record(name, contextVariable)
    .refine((variables) => Object.keys(variables).length > 0, 'at least one context variable is needed'),
  response: z
    .strictObject({ name, reco: name, truth: name, bins, title: z.string().optional() })
    .optional()
    .describe('(reco − truth) / truth; without it there is no truth and no response'),
  spectrum: z
    .strictObject({
      title: z.string().optional(),
      unit: z.string().min(1).optional(),
      reco: name,
      truth: name.optional(),
      bins,
    })
    .optional()
    .describe('the distribution that is reconstructed, e.g. the dilepton mass'),
  weight: formula.optional(),
  identity: z
    .union([name, z.array(name).min(1)])
    .default('position')
    .describe('what names an event: a column, several, or position (in the sample)'),
  regimes: z
    .strictObject({
      count: z.union([z.number().int().min(1).max(64), z.literal('auto')]).default(4),
      standardise: z.boolean().default(true),
      seed: seed.default(1),
    })
    .default({ count: 4, standardise: true, seed: 1 }),
  split: z
    .strictObject({ train: fraction, validation: fraction, test: fraction, seed: seed.default(1) })
    .refine((s) => Math.abs(s.train + s.validation + s.test - 1) < 1e-9, 'train + validation + test must be 1')
    .default({ train: 0.7, validation: 0.15, test: 0.15, seed: 1 }),
  window: z
    .union([
      z.strictObject({ events: z.number().int().min(1), lateness }),
      z.strictObject({ time: name, seconds: z.number().positive(), lateness }),
      z.strictObject({ by: z.array(name).min(1).max(2), lateness }),
    ])
    .optional(),
  local_model: localModel.prefault({}).describe('E[δ|local] and σ[δ|local] from the features of the objects'),
  locality: locality.prefault({}).describe('the test of locality'),
  danger_zone: dangerZone.prefault({}).describe('from which value of a context variable on the response changes'),
  correction: z
    .union([correction, z.literal('none')])
    .prefault({})
    .describe('a correction fitted on the training events, accepted or refused on the validation events'),
  checks: checks.prefault({}).describe('ordered tests over the windows'),
  late_truth: z
    .strictObject({ columns: z.array(name).min(1).describe('columns that the topic of the truth brings') })
    .optional()
    .describe(
      'live: the truth comes on a topic of its own (--truth-topic) and is joined by identity, window by window',
    ),
  online: online.optional().describe('regimes and correction refitted as windows close'),
  models: z
    .record(name, streamModel)
    .optional()
    .describe('models in the stream: each output is a column NAME_OUTPUT that formulas can use'),
  probes: z
    .record(name, probe)
    .optional()
    .describe('how far allowed changes of its inputs move a model, by regime, on a sample of the events'),
  alerts: alerts.prefault({}).describe('limits of the alerts; docs/alerts.md has each'),
  evaluation: z
    .enum(['compiled', 'plain'])
    .default('compiled')
    .describe('formulas as one loop of SIMD instructions, or a loop for each operation: the same bits'),
  precision: z
    .enum(['f64', 'f32'])
    .default('f64')
    .describe(
      'formulas of context, response and spectrum with doubles, or with singles: for samples that hold singles',
    ),
  fast_reconstruction: fastReconstruction.optional(),
  generator: z
    .strictObject({
      seed: seed.default(1),
      high_pt_fraction: fraction.default(0).describe('share of events with a hard recoil'),
    })
    .optional()
    .describe('the toy Z → ll generator: what `regimewatch generate` makes'),
});

export type Pipeline = z.output<typeof pipelineSchema>;
export type Probe = z.output<typeof probe>;
