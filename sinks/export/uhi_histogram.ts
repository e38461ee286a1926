import { sumOfSquares, sumOfWeights } from '../../operators/response/effective_n.js';
import { slotsOf, type HistogramState } from '../../operators/summaries/histogram.js';
import {
  axisMetadata,
  regularAxis,
  uhiHistogram,
  type AxisWords,
  type HistogramWords,
  type UhiAxis,
  type UhiHistogram,
} from './uhi.js';

/** What the groups of a histogram are, and their names or numbers in order. */
export interface Groups {
  readonly name: string;
  readonly entries: readonly string[] | readonly number[];
}

/**
 * A histogram summary with all its bins, Σw and Σw² (without weights n and n). Several groups: a category axis before
 * the variable's, named in `groups`; the sum over it is the histogram of all events. Flow bins are kept. UHI has no bin
 * for NaN (boost-histogram counts it as overflow): the number of such entries is `nan` in the metadata.
 */
export function uhiOfHistogram(
  state: HistogramState,
  words: HistogramWords,
  axis: AxisWords,
  groups?: Groups,
): UhiHistogram {
  const stride = slotsOf(state.bins);
  if (state.groups > 1 && groups?.entries.length !== state.groups) {
    throw new RangeError(`histogram of ${state.groups} groups: as many names are needed`);
  }
  const rows = (of: (slot: number) => number): number[][] =>
    Array.from({ length: state.groups }, (_, g) =>
      Array.from({ length: stride - 1 }, (_, slot) => of(g * stride + slot)),
    );
  const nested = (all: number[][]) => (groups ? all : all[0]!);
  let nan = 0;
  for (let g = 0; g < state.groups; g++) nan += state.n[(g + 1) * stride - 1]!;
  return uhiHistogram(
    words,
    { entries: state.n.reduce((sum, n) => sum + n, 0), nan },
    [...(groups ? [categories(groups)] : []), regularAxis(state.bins, axis)],
    {
      type: 'weighted',
      values: nested(rows((slot) => sumOfWeights(state, slot))),
      variances: nested(rows((slot) => sumOfSquares(state, slot))),
    },
  );
}

const categories = ({ name, entries }: Groups): UhiAxis => {
  const metadata = axisMetadata({ name });
  const numbers = entries.filter((entry) => typeof entry === 'number');
  return numbers.length === entries.length
    ? { type: 'category_int', categories: numbers, flow: false, metadata }
    : { type: 'category_str', categories: entries.map(String), flow: false, metadata };
};
