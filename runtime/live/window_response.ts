import { mean } from '../../operators/response/mean.js';
import { halfSampleMode } from '../../operators/response/half_sample_mode.js';
import { widths } from '../../operators/response/widths.js';
import type { Book } from '../../operators/summaries/book.js';
import type { Tally } from '../../operators/summaries/tally.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { reportEdges } from '../observations.js';
import { stateOf } from '../report/pages.js';
import type { LiveModels } from './live_models.js';

type Regime = Omit<WindowReport['regimes'][number], 'verdict' | 'why'>;

/** Response, pull, peak and what the correction leaves of each regime, from the merged book of a window. */
export function regimeRows(pipeline: Pipeline, { map, judge }: LiveModels, book: Book): Regime[] {
  const spectrum = pipeline.spectrum && stateOf<HistogramState>(book, 'spectrum');
  const n = pipeline.response ? stateOf<MomentsState>(book, 'bias').n : stateOf<Tally>(book, 'count').n;
  const all = n.reduce((sum, x) => sum + x, 0);
  const quantiles = (key: string) => {
    const hist = stateOf<HistogramState>(book, key);
    const none = noZoom(hist);
    return (regime: number) => widths(hist, none, regime, n[regime]!);
  };
  const response = pipeline.response && {
    raw: quantiles('widths'),
    left: quantiles('corrected:widths'),
    of: (key: string, regime: number) => mean(stateOf<MomentsState>(book, key), regime),
  };
  return map.labels.map((label, regime) => {
    const row: Regime = { regime, label, n: n[regime]!, share: all > 0 ? n[regime]! / all : null };
    if (spectrum) row.peak = halfSampleMode(spectrum, regime);
    if (!response) return row;
    const { median, sigma68 } = response.raw(regime);
    const left = response.left(regime);
    return {
      ...row,
      ...{ bias: response.of('bias', regime), core: response.of('core', regime), median, sigma68 },
      ...(judge ? { pullMean: response.of('pull', regime) } : {}),
      corrected: { bias: response.of('corrected:bias', regime), median: left.median, sigma68: left.sigma68 },
    };
  });
}

/** Mean of the core and of the pull along each context variable; flow bins without events are left out. */
export function contextProfile(pipeline: Pipeline, { judge }: LiveModels, book: Book): WindowReport['byContext'] {
  if (!pipeline.response) return [];
  return Object.entries(pipeline.context).flatMap(([variable, config]) => {
    const edges = reportEdges(config);
    const core = stateOf<MomentsState>(book, `by:${variable}`);
    return [...Array(edges.length + 1).keys()].flatMap((group) => {
      const [low, high] = [edges[group - 1] ?? null, edges[group] ?? null];
      const n = core.n[group]!;
      if ((low === null || high === null) && n === 0) return [];
      const pull = judge ? { pullMean: mean(stateOf<MomentsState>(book, `pull:${variable}`), group) } : {};
      return [{ variable, low, high, n, core: mean(core, group), ...pull }];
    });
  });
}
