import { mean } from '../../operators/response/mean.js';
import type { Book } from '../../operators/summaries/book.js';
import { slotsOf, type HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { stateOf } from '../report/pages.js';
import { innerBins } from './inner_bins.js';
import { planeBins } from './plane_bins.js';

const MOST_BINS = 120;

/** δ by regime before and after the correction; what lies further out is in the flow bins. */
export function distributions(pipeline: Pipeline, book: Book): WindowReport['distributions'] {
  if (!pipeline.response) return undefined;
  const {
    first,
    bins: [count, low, high],
  } = innerBins(pipeline, MOST_BINS);
  const counts = ({ bins, n }: HistogramState, regime: number): number[] => {
    const slots = n.subarray(regime * slotsOf(bins), regime * slotsOf(bins) + bins[0] + 2);
    const sum = (from: number, to: number): number => slots.subarray(from, to).reduce((a, b) => a + b, 0);
    // Bin i is slot i + 1.
    const end = first + count + 1;
    return [sum(0, first + 1), ...slots.subarray(first + 1, end), sum(end, slots.length)];
  };
  const stages = [
    ['raw', stateOf<HistogramState>(book, 'widths')],
    ['corrected', stateOf<HistogramState>(book, 'corrected:widths')],
  ] as const;
  const regimes = [...Array(stages[0][1].groups).keys()];
  return {
    low,
    high,
    rows: regimes.flatMap((regime) => stages.map(([stage, hist]) => ({ regime, stage, counts: counts(hist, regime) }))),
  };
}

/** Mean of the core over the plane of the first two context variables. */
export function plane(pipeline: Pipeline, book: Book): WindowReport['grid'] {
  const bins = planeBins(pipeline);
  if (!pipeline.response || !bins || !('plane' in book)) return undefined;
  const { x, y } = bins;
  const core = stateOf<MomentsState>(book, 'plane');
  const inner = (edges: readonly number[]): number[] => [...Array(edges.length - 1).keys()];
  return {
    ...{ x: x.variable, y: y.variable, xEdges: [...x.edges], yEdges: [...y.edges] },
    cells: inner(y.edges).flatMap((row) =>
      inner(x.edges).flatMap((column) => {
        const group = (row + 1) * x.bins + column + 1;
        const n = core.n[group]!;
        return n > 0 ? [{ x: column, y: row, n, core: mean(core, group) }] : [];
      }),
    ),
  };
}
