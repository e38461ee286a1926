import { boundedMean } from '../../operators/response/bounded_mean.js';
import { mean } from '../../operators/response/mean.js';
import { widths } from '../../operators/response/widths.js';
import type { Book } from '../../operators/summaries/book.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import { regroupMoments } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { widestCore } from '../core_bounds.js';
import { stateOf } from '../report/pages.js';
import { fineBins, reportBinOf } from './fine_bins.js';
import type { LiveModels } from './live_models.js';

/**
 * Core, σ68 and pull in the report bins, core and σ68 after the correction too; flow bins without events are left out.
 */
export function contextProfile(
  pipeline: Pipeline,
  { judge, core: bounds }: LiveModels,
  book: Book,
): WindowReport['byContext'] {
  if (!pipeline.response) return [];
  const range = widestCore(bounds);
  return Object.entries(pipeline.context).flatMap(([variable, config]) => {
    if (!(`along:${variable}` in book)) return [];
    const bins = fineBins(config);
    const { edges } = bins;
    const groups = edges.length + 1;
    const into = reportBinOf(bins);
    const joined = (key: string): MomentsState => regroupMoments(stateOf(book, `${key}:${variable}`), into, groups);
    const core = joined('along');
    const corrected = joined('along:corrected');
    const pull = judge && joined('along:pull');
    const widthsOf = (key: string) => {
      const hist = stateOf<HistogramState>(book, key);
      const none = noZoom(hist);
      return (group: number) => widths(hist, none, group, core.n[group]!).sigma68;
    };
    const sigma68 = widthsOf(`widths:${variable}`);
    const left = `widths:corrected:${variable}`;
    const correctedSigma68 = left in book && widthsOf(left);
    return [...Array(groups).keys()].flatMap((group) => {
      const [low, high] = [edges[group - 1] ?? null, edges[group] ?? null];
      const n = core.n[group]!;
      if ((low === null || high === null) && n === 0) return [];
      return [
        {
          ...{ variable, low, high, n, core: boundedMean(core, group, range) },
          corrected: boundedMean(corrected, group, range),
          sigma68: sigma68(group),
          ...(pull ? { pullMean: mean(pull, group) } : {}),
          ...(correctedSigma68 ? { correctedSigma68: correctedSigma68(group) } : {}),
        },
      ];
    });
  });
}
