import { finishHash, mixWord } from '../hash.js';
import { normal } from '../random/normal.js';
import { slotsOf, type HistogramState } from '../summaries/histogram.js';
import { sumOfSquares, sumOfWeights } from './effective_n.js';
import { estimate, unknown, type Estimate } from './estimate.js';

const REPLICAS = 100;
/** With fewer events than this in the range, the position of a peak says nothing. */
const MIN_EVENTS = 20;

/**
 * Position of the peak of a group's histogram: the half-sample mode (D. R. Bickel & R. Frühwirth, 2006) on the bins,
 * i.e. the shortest interval that holds half of the entries, within it again, until fewer than three bins are left,
 * and their mean. The error is the standard deviation over 100 replicas in which every bin's Σw is smeared by
 * √Σw² (chance from a hash of bin and replica), with a bin's width / √12 in quadrature. In the unit of the axis. Flow
 * bins take no part; a bin of negative Σw counts as empty. Fewer than 20 events in the range: unknown.
 */
export function halfSampleMode(hist: HistogramState, group: number): Estimate {
  const [bins, low, high] = hist.bins;
  const first = group * slotsOf(hist.bins) + 1;
  const content = Float64Array.from({ length: bins }, (_, i) => Math.max(0, sumOfWeights(hist, first + i)));
  const spread = Float64Array.from({ length: bins }, (_, i) => Math.sqrt(Math.max(0, sumOfSquares(hist, first + i))));
  let n = 0;
  for (let i = 0; i < bins; i++) n += hist.n[first + i]!;
  if (n < MIN_EVENTS) return unknown(`fewer than ${MIN_EVENTS} events`);
  if (content.every((x) => x === 0)) return unknown('weights add up to 0 or less');
  const width = (high - low) / bins;
  const value = low + modeOf(content) * width;
  const smeared = new Float64Array(bins);
  const normals = normalsOf(bins);
  let sum = 0;
  let squares = 0;
  for (let replica = 0; replica < REPLICAS; replica++) {
    for (let i = 0; i < bins; i++) {
      smeared[i] = spread[i] === 0 ? content[i]! : Math.max(0, content[i]! + spread[i]! * normals[replica * bins + i]!);
    }
    const shift = low + modeOf(smeared) * width - value;
    sum += shift;
    squares += shift * shift;
  }
  const variance = (squares - (sum * sum) / REPLICAS) / (REPLICAS - 1);
  return estimate(value, Math.sqrt(variance + (width * width) / 12));
}

/** Of the last number of bins: a report asks for many histograms with the same. */
let known = new Float64Array(0);

/** The normal numbers of replica r and bin i, at r · bins + i. */
function normalsOf(bins: number): Float64Array {
  if (known.length === REPLICAS * bins) return known;
  known = new Float64Array(REPLICAS * bins);
  for (let replica = 0; replica < REPLICAS; replica++) {
    for (let i = 0; i < bins; i++) known[replica * bins + i] = normal(uniform(replica, i));
  }
  return known;
}

/** In (0, 1), by hash. */
const uniform = (replica: number, bin: number): number =>
  (finishHash(mixWord(mixWord(1, replica), bin), 2) + 0.5) / 2 ** 32;

/** In bins, from the low edge. */
function modeOf(content: Float64Array): number {
  let [from, to] = [0, content.length];
  while (to - from > 2) {
    let half = 0;
    for (let i = from; i < to; i++) half += content[i]! / 2;
    const shortest = shortestInterval(content, from, to, half);
    if (shortest[1] - shortest[0] >= to - from) break;
    [from, to] = shortest;
  }
  let mass = 0;
  let moment = 0;
  for (let i = from; i < to; i++) {
    mass += content[i]!;
    moment += content[i]! * (i + 0.5);
  }
  return mass > 0 ? moment / mass : (from + to) / 2;
}

/** Fewest bins that hold `wanted`; of equally many the fullest, then the lowest. */
function shortestInterval(content: Float64Array, from: number, to: number, wanted: number): [number, number] {
  let best: [number, number] = [from, to];
  let bestMass = -1;
  let mass = 0;
  let start = from;
  for (let end = from; end < to; end++) {
    mass += content[end]!;
    while (mass - content[start]! >= wanted && start < end) mass -= content[start++]!;
    const length = end + 1 - start;
    const bestLength = best[1] - best[0];
    if (mass >= wanted && (length < bestLength || (length === bestLength && mass > bestMass))) {
      best = [start, end + 1];
      bestMass = mass;
    }
  }
  return best;
}
