import { wilson } from '../../operators/response/wilson.js';
import { effectiveN, sumOfWeights } from '../../operators/response/effective_n.js';
import type { RegimeFit } from '../../operators/regimes/regime_map.js';
import { SPLITS } from '../../operators/split.js';
import type { Book } from '../../operators/summaries/book.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { intoOne, regroupTally } from '../../operators/summaries/regroup.js';
import type { Tally } from '../../operators/summaries/tally.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report } from '../../schemas/report.js';
import { countKey } from '../observations.js';
import { stateOf } from './pages.js';

/** The regime map in the context's own units, with the share of events (Σw) in each regime. */
export function regimesSection(pipeline: Pipeline, fit: RegimeFit, observed: Book): NonNullable<Report['regimes']> {
  const { map, scan, training, cells } = fit;
  const count = map.centroids.length;
  const splits = SPLITS.length;
  const bySplit = stateOf<Tally>(observed, countKey(pipeline));
  const byRegime = regroupTally(
    bySplit,
    1,
    Array.from({ length: count * splits }, (_, h) => Math.floor(h / splits)),
    count,
  );
  const whole = regroupTally(bySplit, 1, intoOne(count * splits), 1);
  const asked = pipeline.regimes.count;
  const chosen =
    asked === 'auto'
      ? `${count} regimes: largest Calinski–Harabasz index of ${scan.map((entry) => entry.count).join(', ')}`
      : count === asked
        ? `${count} regimes, as the pipeline asks`
        : `${count} regimes: the training events lie in no more than ${count} cells, the pipeline asks for ${asked}`;
  return {
    version: map.version,
    count,
    chosen,
    ...(asked === 'auto' ? { scan: [...scan] } : {}),
    inertia: sumAt(stateOf<MomentsState>(observed, 'inertia').sums, 0),
    training,
    cells,
    scale: Object.fromEntries(map.variables.map((name, d) => [name, map.scale[d]!])),
    map: map.centroids.map((centroid, id) => {
      const total = sumOfWeights(whole, 0);
      const share = total === 0 ? 0 : sumOfWeights(byRegime, id) / total;
      return {
        id,
        label: map.labels[id]!,
        centroid: Object.fromEntries(
          map.variables.map((name, d) => [name, map.scale[d]!.mean + centroid[d]! * map.scale[d]!.width]),
        ),
        n: byRegime.n[id]!,
        share,
        shareInterval: wilson(Math.min(1, Math.max(0, share)), effectiveN(whole, 0)),
      };
    }),
  };
}
