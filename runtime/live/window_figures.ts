import { boundedMean } from '../../operators/response/bounded_mean.js';
import type { Book } from '../../operators/summaries/book.js';
import { slotsOf, type HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import type { Tally } from '../../operators/summaries/tally.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { widestCore } from '../core_bounds.js';
import { stateOf } from '../report/pages.js';
import { innerBins } from './inner_bins.js';
import type { LiveModels } from './live_models.js';
import { planeBins } from './plane_bins.js';

const MOST_BINS = 120;
/** Of all regimes together: of more than 16 regimes neighbouring bins are joined, since a report is a message. */
const MOST_IN_ALL = 1920;

const STAGES = [
  ['raw', 'widths'],
  ['corrected', 'corrected:widths'],
] as const;

/** δ by regime before and after the correction; what lies further out is in the flow bins. */
export function distributions(pipeline: Pipeline, book: Book): WindowReport['distributions'] {
  if (!pipeline.response) return undefined;
  const stages = STAGES.map(([stage, key]) => [stage, stateOf<HistogramState>(book, key)] as const);
  const { groups } = stages[0]![1];
  const most = innerBins(pipeline, MOST_BINS).bins[0];
  const joined = Math.ceil((most * groups) / MOST_IN_ALL);
  const {
    first,
    bins: [count, low, high],
  } = innerBins(pipeline, most - (most % joined));
  const counts = ({ bins, n }: HistogramState, regime: number): number[] => {
    const slots = n.subarray(regime * slotsOf(bins), regime * slotsOf(bins) + bins[0] + 2);
    const sum = (from: number, to: number): number => slots.subarray(from, to).reduce((a, b) => a + b, 0);
    // Bin i is slot i + 1.
    const end = first + count + 1;
    const inner = Array.from({ length: count / joined }, (_, i) => first + 1 + i * joined);
    return [sum(0, first + 1), ...inner.map((from) => sum(from, from + joined)), sum(end, slots.length)];
  };
  const regimes = [...Array(groups).keys()];
  return {
    low,
    high,
    rows: regimes.flatMap((regime) => stages.map(([stage, hist]) => ({ regime, stage, counts: counts(hist, regime) }))),
  };
}

/** Core before and after the correction, and the regimes, over the plane of the first two context variables. */
export function plane(pipeline: Pipeline, models: LiveModels, book: Book): WindowReport['grid'] {
  const bins = planeBins(pipeline);
  if (!pipeline.response || !bins || !('plane' in book)) return undefined;
  const { x, y } = bins;
  const core = stateOf<MomentsState>(book, 'plane');
  const corrected = 'plane:corrected' in book && stateOf<MomentsState>(book, 'plane:corrected');
  const regimes = 'plane:regimes' in book && regimesIn(stateOf<Tally>(book, 'plane:regimes'), bins.groups);
  const range = widestCore(models.core);
  const inner = (edges: readonly number[]): number[] => [...Array(edges.length - 1).keys()];
  return {
    ...{ x: x.variable, y: y.variable, xEdges: [...x.edges], yEdges: [...y.edges] },
    cells: inner(y.edges).flatMap((row) =>
      inner(x.edges).flatMap((column) => {
        const group = (row + 1) * x.bins + column + 1;
        const n = core.n[group]!;
        if (n === 0) return [];
        return [
          {
            ...{ x: column, y: row, n, core: boundedMean(core, group, range) },
            ...(corrected ? { corrected: boundedMean(corrected, group, range) } : {}),
            ...(regimes ? { regimes: regimes(group) } : {}),
          },
        ];
      }),
    ),
  };
}

/** Events of each regime that has some in a cell, rising by regime. */
function regimesIn({ n }: Tally, cells: number): (cell: number) => [regime: number, n: number][] {
  const regimes = n.length / cells;
  return (cell) =>
    Array.from(n.subarray(cell * regimes, (cell + 1) * regimes), (events, regime): [number, number] => [
      regime,
      events,
    ]).filter(([, events]) => events > 0);
}
