import type { ContextProfile } from '../../operators/locality/context_profile.js';
import { dangerZone } from '../../operators/locality/danger_zone.js';
import { joinBins } from '../../operators/locality/join_bins.js';
import { mean } from '../../operators/response/mean.js';
import type { Book } from '../../operators/summaries/book.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { contextUnit } from '../observations.js';
import { stateOf } from '../report/pages.js';
import { edgesOfGroup, fineBins } from './fine_bins.js';
import type { LiveModels } from './live_models.js';

type Zone = NonNullable<WindowReport['zones']>[number];

/** Events in a bin at least. Of more bins than these equal shares: what the search costs grows with their square. */
const LEAST = 100;
const MOST_BINS = 40;
/**
 * Of the bootstrap, the least there may be: of 250 simulated windows of 5,000 events 95 % had the true onset in the 95 %
 * interval, 98 % with 400 replicates at seven times the cost.
 */
const REPLICATES = 40;

/**
 * From which value of each context variable on the core, the corrected core and the pull change; those found. The window's
 * share of false onsets is the pipeline's level, over all that is looked at (Bonferroni).
 */
export function windowZones(
  pipeline: Pipeline,
  { judge }: LiveModels,
  book: Book,
  corrects: boolean,
): Zone[] | undefined {
  const { tolerance, level, seed } = pipeline.danger_zone;
  const quantities = [
    { quantity: 'bias', key: 'along', limit: tolerance.bias },
    ...(corrects ? [{ quantity: 'corrected', key: 'along:corrected', limit: tolerance.bias } as const] : []),
    ...(judge ? [{ quantity: 'pull', key: 'along:pull', limit: tolerance.pull } as const] : []),
  ] as const;
  const variables = Object.keys(pipeline.context);
  if (!variables.every((variable) => `along:${variable}` in book)) return undefined;
  const options = {
    ...{ level: level / (variables.length * quantities.length), seed },
    replicates: REPLICATES,
  };
  return variables.flatMap((variable) =>
    quantities.flatMap(({ quantity, key, limit }): Zone[] => {
      const profile = profileOf(pipeline, book, variable, key);
      const events = profile.n.reduce((a, b) => a + b, 0);
      const floor = Math.max(LEAST, profile.n.length > MOST_BINS ? Math.ceil(events / MOST_BINS) : 0);
      if (!profile.error.some((error) => error > 0)) return [];
      const found = dangerZone(profile, { ...options, tolerance: limit, floor });
      if (!('onset' in found)) return [];
      const { onset, low, high, significance } = found;
      const reached = joinBins(profile, floor).value.at(-1)!;
      const zone: Zone = { variable, quantity, onset, low, high, significance, reached };
      // Without a correction what is delivered is the raw response.
      return quantity === 'bias' && !corrects ? [zone, { ...zone, quantity: 'corrected' }] : [zone];
    }),
  );
}

function profileOf(pipeline: Pipeline, book: Book, variable: string, key: string): ContextProfile {
  const config = pipeline.context[variable]!;
  const bins = fineBins(config);
  const x = stateOf<MomentsState>(book, `along:context:${variable}`);
  const moments = stateOf<MomentsState>(book, `${key}:${variable}`);
  const groups = [...Array(bins.groups).keys()];
  const means = groups.map((group) => mean(moments, group));
  return {
    variable,
    low: Float64Array.from(groups, (group) => edgesOfGroup(bins, group)[0]),
    high: Float64Array.from(groups, (group) => edgesOfGroup(bins, group)[1]),
    centre: Float64Array.from(groups, (g) => (sumAt(x.sums, 3 * g) / x.n[g]!) * contextUnit(config)),
    n: moments.n,
    value: Float64Array.from(means, ({ value }) => value ?? NaN),
    error: Float64Array.from(means, ({ error }) => error ?? NaN),
  };
}
