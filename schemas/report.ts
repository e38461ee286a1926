import { z } from 'zod';
import { count, estimate, proportion, verdictWord } from './parts.js';

const regimeId = z.union([z.number().int(), z.literal('all')]);

const axis = z.strictObject({
  variable: z.string(),
  title: z.string(),
  unit: z.string().nullable(),
  edges: z.array(z.number()),
});

/** Sums of weights by bin of `axis`, flow bins beside. Errors are √Σw². Unweighted: counts and √n. */
const series = z.strictObject({
  name: z.string(),
  regime: regimeId,
  n: count,
  sum: z.array(z.number()),
  errors: z.array(z.number()),
  underflow: z.number(),
  underflowError: z.number(),
  overflow: z.number(),
  overflowError: z.number(),
});

const histogram = z.strictObject({ axis, series: z.array(series) });

/** A plane of cells, row-major: cell (ix, iy) at iy * nx + ix. Flow bins are not in it; `outside` counts them. */
const plane = z.strictObject({
  x: axis,
  y: axis,
  n: z.array(count),
  outside: count,
});

const probability = z.number().min(0).max(1).nullable();

/** A share k of n with its Wilson interval (68 %). */
const share = z.strictObject({ k: count, n: count, value: z.number().nullable(), low: z.number(), high: z.number() });

const probeRow = z.strictObject({
  probe: z.string().describe('its name in the pipeline'),
  model: z.string().describe('name on the card'),
  attack: z.string(),
  size: z.number().describe('how far an input may move, in its uncertainties'),
  window: z.number().nullable().describe('number of the window; null: all events'),
  regime: regimeId,
  sampled: count.describe('events chosen by the hash of their identity: right + wrong + unanswered + skipped'),
  right: count.describe('decided right as they are; all that are answered for a regressor'),
  wrong: count,
  unanswered: count.describe('the model gave NaN'),
  skipped: count.describe('chosen, and not probed for want of time; none in a replay'),
  fooled: share.describe('of those that were right'),
  random: share.describe('the control: the same by random directions of the same size'),
  difference: estimate.describe('fooled − random of the same events (McNemar)'),
  significance: z.number().describe('of the difference, in standard deviations'),
  verdict: verdictWord.describe('null: too few events; medium: above the tolerance; bad: by more than chance'),
});

/** Pulls in one bin of the context or in one regime. */
const pulls = {
  n: count,
  pullMean: estimate,
  pullWidth: estimate,
  excess: estimate.describe('mean of δ − E[δ|local]: bias that the local response does not explain'),
  shared: z.number().describe('share of what the bin knows about its mean that the fit of the local model took up'),
  expectedWidth: z.number().nullable().describe('root of the mean σ²[δ|local]; null for a declared model'),
  width: z.number().nullable().describe('r.m.s. of the winsorised residuals, to compare'),
  pValue: probability.describe('of the mean, Holm-corrected over all bins and regimes'),
  pValueWidth: probability.describe('of the width, Holm-corrected over all bins and regimes'),
};

const localityTest = z.strictObject({
  model: z.enum(['learned', 'declared']),
  n: count.describe('events judged; each by a model that has not seen it (cross-fitting)'),
  violated: z.boolean(),
  sigma: z.number().nullable().describe('size of the deviation of the pull means, Holm-corrected over the tests'),
  pValue: probability,
  significant: z.boolean(),
  relevant: z.boolean(),
  level: z.number(),
  tolerance: z.number(),
  widthTolerance: z.number(),
  reason: z.string(),
  regimes: z.array(z.strictObject({ regime: z.number().int(), ...pulls })),
  byContext: z.array(
    z.strictObject({ variable: z.string(), low: z.number().nullable(), high: z.number().nullable(), ...pulls }),
  ),
  tests: z.array(
    z.strictObject({
      name: z.string().describe('a context variable, or regime'),
      chi2: z.number(),
      ndof: count,
      pValue: probability,
      sigma: z.number().nullable(),
      chi2Width: z.number(),
      ndofWidth: count,
      pValueWidth: probability,
      retained: z
        .number()
        .nullable()
        .describe('share of a bias growing evenly with the variable that the local model cannot take up'),
    }),
  ),
  /** How far the local response explains that the width grows: between the lowest and the highest bin of a variable. */
  explained: z.array(
    z.strictObject({
      variable: z.string(),
      from: z.number().nullable().describe('low edge of the lowest bin that has enough events'),
      to: z.number().nullable().describe('low edge of the highest'),
      ratio: estimate.describe('width of the residuals in the highest over that in the lowest'),
      expected: z.number().describe('the same, as the local model expects it'),
      reason: z.string(),
    }),
  ),
  /** Where the test sees little, and what it would see. */
  weak: z.array(z.string()),
});

/** Onset of a quantity along a context variable, with bootstrap intervals. */
const onset = z.strictObject({
  onset: z.number(),
  low: z.number().describe('95 % interval'),
  high: z.number(),
  low68: z.number(),
  high68: z.number(),
  slope: z.number().describe('change of the quantity per unit of the variable beyond the onset'),
  from: z.number().nullable().describe('low edge of the lowest bin above which every bin is beyond tolerance'),
  fromReason: z.string().optional(),
  significance: z.number().describe('in sigma, after the look-elsewhere correction'),
  chi2: z.number(),
  ndof: count,
  n: count,
  tolerance: z.number(),
});

const zoneProfile = z.strictObject({
  quantity: z.enum(['raw', 'sigma68', 'pull']),
  centre: z.array(z.number()),
  n: z.array(count),
  value: z.array(z.number()),
  error: z.array(z.number()),
  fit: z.array(z.number()).nullable().describe('the hinge at the centres'),
});

const zone = z.strictObject({
  variable: z.string(),
  title: z.string(),
  unit: z.string().nullable(),
  raw: onset.nullable().describe('of the mean of δ'),
  sigma68: onset.nullable(),
  pull: onset.nullable().describe('of the mean pull'),
  pullModel: z.enum(['learned', 'declared']).nullable(),
  reason: z.string().optional().describe('why there is none, by quantity'),
  reasons: z.strictObject({ raw: z.string().optional(), sigma68: z.string().optional(), pull: z.string().optional() }),
  profiles: z.array(zoneProfile).describe('bins joined until each has enough events'),
});

const stageOfTest = z.strictObject({
  n: count,
  bias: estimate,
  median: estimate,
  sigma68: estimate,
  iqr: estimate,
  tail: proportion,
  meanAbsolute: estimate,
});

/** What a correction took of the mean squared bias over bins, and the most that a function of the bin could take. */
const bound = z.strictObject({
  over: z.string().describe('regimes, or bins of the context'),
  bins: count,
  events: count,
  removableRms: estimate.describe('root of the mean squared bias before: what the best constant a bin takes away'),
  leftRms: estimate.describe('root of what is left'),
  share: estimate.describe('of the mean squared bias, taken away'),
});

const peakFit = z.strictObject({
  regime: regimeId,
  series: z.enum(['truth', 'raw', 'corrected']),
  n: count.describe('events in the range of the fit'),
  position: estimate,
  width: estimate,
  chi2: z.number().nullable(),
  ndof: z.number().nullable(),
  pValue: probability,
  reason: z.string().optional(),
});

const spectrumDistance = z.strictObject({
  regime: regimeId,
  stage: z.enum(['raw', 'corrected']),
  wasserstein: estimate,
  kolmogorov: estimate,
  chi2PerBin: estimate,
  expected: z.strictObject({ wasserstein: z.number().nullable(), kolmogorov: z.number().nullable() }),
});

const correctionReport = z.strictObject({
  accepted: z.boolean(),
  reason: z.string(),
  layer: z.enum(['identity', 'regime', 'smooth']),
  version: z.string(),
  target: z.enum(['mean', 'core']),
  split: z.literal('test').describe('the events that all figures here are of'),
  counted: z.literal(true).describe('every event counts 1, whatever its weight'),
  training: count,
  validation: count,
  candidates: z.array(
    z.strictObject({
      layer: z.enum(['regime', 'smooth']),
      degree: z.number().int(),
      lambda: z.number().nullable(),
      accepted: z.boolean(),
      sigma: z.number().describe('gain on the validation events, in errors'),
      wanted: z.number(),
      reason: z.string(),
    }),
  ),
  regimes: z.array(
    z.strictObject({
      regime: z.number().int(),
      n: count,
      applied: estimate.describe('mean correction'),
      before: stageOfTest,
      after: stageOfTest,
      worse: z.boolean().describe('|bias| or |median| grew by more than 2 errors of the change'),
    }),
  ),
  byContext: z.array(
    z.strictObject({
      variable: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      n: count,
      before: stageOfTest,
      after: stageOfTest,
    }),
  ),
  before: stageOfTest,
  after: stageOfTest,
  bound: z.strictObject({
    bias: z.array(bound).describe('of the mean of δ'),
    target: z.array(bound).describe('of what is corrected: the mean, or the mean of the core'),
  }),
  peaks: z.array(peakFit),
  distances: z.array(spectrumDistance).describe('of the spectrum to that of the truth'),
  spectra: z
    .array(histogram.extend({ regime: regimeId }))
    .describe('spectra of the test events: series truth, raw, corrected'),
});

const windowRegime = z.strictObject({
  regime: z.number().int(),
  n: count,
  share: z.number().nullable(),
  bias: estimate,
  core: estimate.describe('mean of the core of δ: moved to within 2.5 σ68 of the median of the regime'),
  sigma68: estimate,
  pullMean: estimate.optional(),
});

const part = z.strictObject({ value: z.number(), error: z.number(), sigma: z.number() });

/** Change of the overall bias of the core between two sets of windows, in two parts. */
const change = z.strictObject({
  at: z.number().describe('number of the first window after the change'),
  index: count.describe('its place among the windows'),
  found: z.number().nullable().describe('number of the window at which a check found it; null: none did'),
  before: z.strictObject({ windows: count, n: count }),
  after: z.strictObject({ windows: count, n: count }),
  total: part,
  mix: part.describe('the shares of the regimes changed'),
  response: part.describe('δ changed inside the regimes'),
  verdict: z.enum(['mix', 'response', 'both', 'neither']),
  reason: z.string(),
});

const timeline = z.strictObject({
  window: z.string().describe('what makes a window'),
  model: z.enum(['learned', 'declared']).nullable().describe('local model of the pulls'),
  windows: z.array(z.strictObject({ number: z.number(), n: count, core: estimate, regimes: z.array(windowRegime) })),
  runLength: z.strictObject({
    wanted: z.number().describe('mean number of windows to a false alarm, of all checks together'),
    checks: count,
    k: z.number(),
    learn: count,
    threshold: z.number(),
  }),
  checks: z.array(
    z.strictObject({
      check: z.enum(['cusum', 'page_hinkley', 'share_drift']),
      quantity: z.enum(['bias', 'sigma68', 'pull', 'share']),
      regime: regimeId,
      threshold: z.number(),
      statistic: z.array(z.number()).describe('after each window'),
      alarms: z.array(
        z.strictObject({
          raised: z.number().describe('number of the window'),
          cleared: z.number().nullable(),
          since: z.number().nullable().describe('window at which the excursion began'),
          change: estimate.describe('of the quantity, over the windows since then'),
        }),
      ),
    }),
  ),
  change: change.nullable(),
  online: z
    .strictObject({
      memory: z.string(),
      events: z.array(
        z.strictObject({
          window: z.number(),
          effective: z.number(),
          kind: z.enum(['fitted', 'accepted', 'rolled back', 'birth', 'death', 'kept']),
          version: z.string().nullable(),
          inEffect: z.string().nullable(),
          regime: z.number().int().optional(),
          reason: z.string(),
        }),
      ),
      windows: z
        .array(
          z.strictObject({ number: z.number(), version: z.string().nullable(), raw: estimate, corrected: estimate }),
        )
        .describe('mean of the core of δ before and after the correction in effect in each window'),
      local: z
        .array(
          z.strictObject({
            window: z.number(),
            effective: z.number(),
            kind: z.enum(['fitted', 'accepted', 'rolled back', 'kept']),
            version: z.string(),
            reason: z.string(),
          }),
        )
        .optional()
        .describe('versions of the local model, against which the pulls of the windows are'),
    })
    .optional(),
});

/** One distribution of this report against that of the reference, as shapes: totals do not count. */
const comparison = z.strictObject({
  distribution: z.enum(['response', 'context', 'spectrum']),
  variable: z.string().describe('of a spectrum: its series, truth or reco'),
  regime: regimeId,
  n: count,
  referenceN: count,
  bins: count.describe('that both reports have; flow bins besides'),
  chi2: z.strictObject({ value: z.number(), ndof: count, pValue: probability }).nullable(),
  kolmogorov: z.strictObject({ distance: z.number(), pValue: probability }).nullable(),
  wasserstein: z
    .strictObject({
      distance: z.number().describe('in units of the variable'),
      expected: z.number().describe('mean distance without change'),
      spread: z.number().describe('and its standard deviation'),
      moved: z.number().describe('root of distance² − expected²: what is beyond chance'),
      pValue: probability,
    })
    .nullable(),
  pValue: probability.describe('three times the smallest of the three, Holm-corrected over all comparisons'),
  sigma: z.number().nullable(),
  significant: z.boolean(),
  tolerance: z.number().describe('of `moved`: that of the bias; of context and spectrum 1 % of their central 68 %'),
  relevant: z.boolean(),
  verdict: verdictWord.describe('bad: significant and relevant; medium: significant; null: too few events'),
  reason: z.string(),
});

const referenceReport = z.strictObject({
  path: z.string().describe('differs from machine to machine, as the paths of samples do'),
  pipeline: z.string(),
  pipelineHash: z.string(),
  stateHash: z.string(),
  level: z.number().describe('chance of any significant difference where there is none'),
  notes: z.array(z.string()),
  comparisons: z.array(comparison),
  verdict: verdictWord.describe('the worst'),
  reason: z.string(),
});

export const reportSchema = z.strictObject({
  pipeline: z.string(),
  title: z.string(),
  pipelineHash: z.string(),
  regimewatch: z.string(),
  samples: z.array(z.strictObject({ path: z.string(), format: z.string(), events: count, sha256: z.string() })),
  events: z.strictObject({
    read: count,
    used: count,
    rejected: z.record(z.string(), count),
    late: count,
    duplicate: count,
  }),
  weight: z.string().nullable().describe('formula of the event weight, null: every event counts 1'),
  /** What is off, or was decided for the user, and why: one line each. */
  notes: z.array(z.string()),
  context: z.array(
    z.strictObject({
      variable: z.string(),
      title: z.string(),
      unit: z.string().nullable(),
      n: count,
      mean: estimate,
      quantiles: z.array(z.strictObject({ p: z.number(), value: z.number().nullable(), error: z.number().nullable() })),
    }),
  ),
  regimes: z
    .strictObject({
      version: z.string().describe('hash of the map: scale and centroids'),
      count,
      chosen: z.string().describe('how the number of regimes came about'),
      scan: z
        .array(z.strictObject({ count, inertia: z.number(), calinskiHarabasz: z.number() }))
        .optional()
        .describe('with count: auto, the criterion for each number of regimes tried'),
      inertia: z.number().describe('sum over training events of the squared standardised distance to the centroid'),
      training: count,
      cells: count,
      scale: z.record(z.string(), z.strictObject({ mean: z.number(), width: z.number() })),
      map: z.array(
        z.strictObject({
          id: z.number().int(),
          label: z.string(),
          centroid: z.record(z.string(), z.number()),
          n: count,
          share: z.number(),
          shareInterval: z.strictObject({ low: z.number(), high: z.number() }),
        }),
      ),
    })
    .optional(),
  response: z
    .array(
      z.strictObject({
        regime: regimeId,
        split: z.enum(['train', 'validation', 'test', 'all']),
        stage: z.enum(['raw', 'corrected']),
        n: count,
        effectiveN: z.number(),
        bias: estimate,
        median: estimate,
        sigma68: estimate,
        iqr: estimate.describe('interquartile range / 1.349'),
        tail: proportion.describe('share of events further than 3 sigma68 from the median'),
        meanAbsolute: estimate,
      }),
    )
    .optional(),
  byContext: z
    .array(
      z.strictObject({
        variable: z.string(),
        low: z.number().nullable().describe('null: no lower edge (underflow)'),
        high: z.number().nullable().describe('null: no upper edge (overflow)'),
        n: count,
        effectiveN: z.number(),
        bias: estimate,
        median: estimate,
        sigma68: estimate,
        meanAbsolute: estimate,
        pullMean: estimate.optional(),
        pullWidth: estimate.optional(),
      }),
    )
    .optional(),
  /** Whether the response depends on the context beyond what its local parameters explain. */
  locality: localityTest
    .extend({ alternatives: z.array(localityTest).describe('the same test against the other model, if there is one') })
    .optional(),
  /** From which value of the first context variable on the response changes; `dangerZones` has all variables. */
  dangerZone: zone.optional(),
  dangerZones: z.array(zone).optional(),
  correction: correctionReport.optional(),
  timeline: timeline.optional(),
  /** Against the report that `--reference` names. */
  reference: referenceReport.optional(),
  quality: z
    .array(z.strictObject({ regime: z.number().int(), verdict: verdictWord, why: z.string() }))
    .optional()
    .describe('null: too little data to tell'),
  /** How often allowed changes of its inputs fool a model: the probes of the pipeline, on a sample of the events. */
  probes: z.array(probeRow).optional(),
  /** Position of the maximum of the reconstructed spectrum (half-sample mode), by regime. */
  peak: z
    .array(z.strictObject({ regime: regimeId, series: z.enum(['truth', 'reco']), n: count, position: estimate }))
    .optional(),
  distributions: z.strictObject({
    spectrum: histogram.optional().describe('series named truth, reco; regime all or one regime'),
    context: z.array(histogram),
    response: histogram.optional().describe('one series a regime and one for all'),
    contextPlane: plane.optional().describe('number of events over the first two context variables'),
    spectrumPlane: plane.optional().describe('number of events over the first context variable and the spectrum'),
    responsePlane: plane
      .extend({
        mean: z.array(z.number().nullable()),
        meanError: z.array(z.number().nullable()),
        meanAbsolute: z.array(z.number().nullable()),
        meanAbsoluteError: z.array(z.number().nullable()),
      })
      .optional(),
  }),
  stateHash: z
    .string()
    .describe('of the state that the events leave before any model; live workers have the same after the same events'),
  resultHash: z.string().optional().describe('of all summaries and models behind the report; older reports have none'),
  timing: z.strictObject({ seconds: z.number(), eventsPerSecond: z.number() }),
});

export type Report = z.infer<typeof reportSchema>;
export type ProbeRow = z.infer<typeof probeRow>;
export type ZoneReport = z.infer<typeof zone>;
export type CorrectionReport = z.infer<typeof correctionReport>;
export type ReferenceReport = z.infer<typeof referenceReport>;
export type TimelineReport = z.infer<typeof timeline>;
export type LocalityReport = z.infer<typeof localityTest>;
export type Estimate = z.infer<typeof estimate>;
export type HistogramData = z.infer<typeof histogram>;
export type PlaneData = z.infer<typeof plane>;
