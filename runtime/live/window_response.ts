import { boundedMean } from '../../operators/response/bounded_mean.js';
import { estimate, unknown, type Estimate } from '../../operators/response/estimate.js';
import { halfSampleMode } from '../../operators/response/half_sample_mode.js';
import { mean } from '../../operators/response/mean.js';
import { tail } from '../../operators/response/tail.js';
import { widths } from '../../operators/response/widths.js';
import type { Book } from '../../operators/summaries/book.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import type { Tally } from '../../operators/summaries/tally.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { coreRanges } from '../core_bounds.js';
import { stateOf } from '../report/pages.js';
import { EARLIER } from './earlier_books.js';
import type { LiveModels } from './live_models.js';

type Regime = Omit<WindowReport['regimes'][number], 'verdict' | 'why' | 'reference'>;

/** Response, pull, peak and what the correction leaves of each regime, from the merged book of a window. */
export function regimeRows(pipeline: Pipeline, { map, judge, core }: LiveModels, book: Book): Regime[] {
  const spectrum = pipeline.spectrum && stateOf<HistogramState>(book, 'spectrum');
  const n = pipeline.response ? stateOf<MomentsState>(book, 'bias').n : stateOf<Tally>(book, 'count').n;
  const all = n.reduce((sum, x) => sum + x, 0);
  const quantiles = (key: string) => {
    const hist = stateOf<HistogramState>(book, key);
    const none = noZoom(hist);
    return (regime: number) => widths(hist, none, regime, n[regime]!);
  };
  const ranges = core ? coreRanges(core) : [];
  const response = pipeline.response && {
    raw: quantiles('widths'),
    left: quantiles('corrected:widths'),
    of: (key: string, regime: number) =>
      key in book ? mean(stateOf<MomentsState>(book, key), regime) : unknown(EARLIER),
    core: (key: string, regime: number) =>
      key in book ? boundedMean(stateOf<MomentsState>(book, key), regime, ranges[regime]!) : unknown(EARLIER),
  };
  return map.labels.map((label, regime) => {
    const row: Regime = { regime, label, n: n[regime]!, share: all > 0 ? n[regime]! / all : null };
    if (spectrum) row.peak = halfSampleMode(spectrum, regime);
    if (!response) return row;
    const { median, sigma68 } = response.raw(regime);
    const left = response.left(regime);
    return {
      ...row,
      ...{ bias: response.of('bias', regime), core: response.core('core', regime), median, sigma68 },
      tail: tailOf(stateOf(book, 'widths'), regime, median, sigma68, row.n),
      ...(judge ? { pullMean: response.of('pull', regime), pullWidth: pullWidth(book, regime) } : {}),
      corrected: {
        ...{ bias: response.of('corrected:bias', regime), core: response.core('corrected:core', regime) },
        ...{ median: left.median, sigma68: left.sigma68 },
      },
    };
  });
}

function tailOf(hist: HistogramState, regime: number, median: Estimate, sigma68: Estimate, n: number) {
  if (median.value === null || sigma68.value === null) return { value: null, low: null, high: null };
  return tail(hist, regime, median.value, sigma68.value, n);
}

/**
 * Width of the pull in a regime, √(m₂ − m₁²), with the error √((m₄ − m₂²) / (4 m₂ n)), as the locality test has it:
 * few events may hold none of the tail, so m₄ / m₂² is never below that of all regimes. Fewer than two events: unknown.
 */
function pullWidth(book: Book, regime: number): Estimate {
  if (!('pull²' in book)) return unknown(EARLIER);
  const [pull, squared] = ['pull', 'pull²'].map((key) => stateOf<MomentsState>(book, key)) as [
    MomentsState,
    MomentsState,
  ];
  const sum = ({ sums }: MomentsState, group: number, which: 0 | 1): number => sumAt(sums, 3 * group + which);
  const total = (of: (group: number) => number): number => Array.from(pull.n.keys(), of).reduce((a, b) => a + b, 0);
  const n = pull.n[regime]!;
  if (n < 2) return unknown(n === 0 ? 'no events' : 'one event');
  const m1 = sum(pull, regime, 0) / n;
  const m2 = sum(pull, regime, 1) / n;
  if (m2 === 0) return unknown('every pull is 0');
  const all = total((group) => pull.n[group]!);
  const pooled = (total((g) => sum(squared, g, 1)) * all) / total((g) => sum(pull, g, 1)) ** 2;
  const m4 = Math.max(sum(squared, regime, 1) / n, pooled * m2 * m2);
  return estimate(Math.sqrt(Math.max(0, m2 - m1 * m1)), Math.sqrt(Math.max(0, m4 - m2 * m2) / (4 * m2 * n)));
}
