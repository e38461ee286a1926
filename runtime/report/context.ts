import { effectiveN } from '../../operators/response/effective_n.js';
import { mean } from '../../operators/response/mean.js';
import type { Book } from '../../operators/summaries/book.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { quantile } from '../../operators/summaries/quantile.js';
import { SPLITS } from '../../operators/split.js';
import { intoOne, regroupMoments } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report } from '../../schemas/report.js';
import { CONTEXT_QUANTILES, contextUnit } from '../observations.js';
import { contextAxis, stateOf } from './pages.js';
import { coarseAndZoom } from './response.js';

/** Mean and quantiles of each context variable over all used events. */
export function contextRows(
  pipeline: Pipeline,
  { surveyed, observed, zoomed }: { surveyed: Book; observed: Book; zoomed: Book },
  regimes: number,
): Report['context'] {
  return Object.keys(pipeline.context).map((variable) => {
    // Without weights the first pass has them already, by split.
    const moments =
      pipeline.weight === undefined
        ? regroupMoments(stateOf(surveyed, `scale:${variable}`), intoOne(SPLITS.length), 1)
        : stateOf<MomentsState>(observed, `context_moments:${variable}`);
    const [hist, zoom] = coarseAndZoom(observed, zoomed, `context:${variable}`, regimes);
    const { title, unit } = contextAxis(pipeline, variable);
    const n = effectiveN(moments, 0);
    const inUnits = mean(moments, 0);
    const scale = pipeline.weight === undefined ? contextUnit(pipeline.context[variable]!) : 1;
    return {
      variable,
      title,
      unit,
      n: moments.n[0]!,
      mean: {
        ...inUnits,
        value: inUnits.value === null ? null : inUnits.value * scale,
        error: inUnits.error === null ? null : inUnits.error * scale,
      },
      quantiles: CONTEXT_QUANTILES.map((p) => {
        const { value } = quantile(hist, zoom, 0, p, 'passing');
        return {
          p,
          value,
          error: value === null ? null : rankError(p, n, (q) => quantile(hist, zoom, 0, q, 'passing').value),
        };
      }),
    };
  });
}

/** Half the distance between the quantiles one binomial standard deviation below and above in rank; no density needed. */
function rankError(p: number, n: number, at: (p: number) => number | null): number | null {
  const spread = Math.sqrt((p * (1 - p)) / n);
  const low = at(Math.max(0, p - spread));
  const high = at(Math.min(1, p + spread));
  return low === null || high === null || p - spread < 0 || p + spread > 1 ? null : (high - low) / 2;
}
