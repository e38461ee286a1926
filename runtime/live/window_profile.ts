import { mean } from '../../operators/response/mean.js';
import { widths } from '../../operators/response/widths.js';
import type { Book } from '../../operators/summaries/book.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import { regroupMoments } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { stateOf } from '../report/pages.js';
import { fineBins, reportBinOf } from './fine_bins.js';
import type { LiveModels } from './live_models.js';

/** Core before and after the correction, σ68 and pull in the report bins; flow bins without events are left out. */
export function contextProfile(pipeline: Pipeline, { judge }: LiveModels, book: Book): WindowReport['byContext'] {
  if (!pipeline.response) return [];
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
    const hist = stateOf<HistogramState>(book, `widths:${variable}`);
    const none = noZoom(hist);
    return [...Array(groups).keys()].flatMap((group) => {
      const [low, high] = [edges[group - 1] ?? null, edges[group] ?? null];
      const n = core.n[group]!;
      if ((low === null || high === null) && n === 0) return [];
      return [
        {
          ...{ variable, low, high, n, core: mean(core, group), corrected: mean(corrected, group) },
          sigma68: widths(hist, none, group, n).sigma68,
          ...(pull ? { pullMean: mean(pull, group) } : {}),
        },
      ];
    });
  });
}
