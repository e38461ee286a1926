import type { Estimate } from '../response/estimate.js';
import { halfSampleMode } from '../response/half_sample_mode.js';
import { histogram, type Bins } from '../summaries/histogram.js';
import { coreShift } from './core_shift.js';
import type { HiddenRow } from './hidden_systematic.js';
import { pairedErrors, withUnion, type PairedValues, type Statistic } from './paired_bootstrap.js';

/** What a regressor gives for the same events. */
export interface Responses {
  /** What the output should be; null: not known, and there is no bias. */
  readonly truth: Float64Array | null;
  readonly before: Float64Array;
  readonly attacked: Float64Array;
  readonly control: Float64Array;
  readonly unit: string | null;
  readonly group: Uint16Array;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
}

const PEAK_BINS = 200;
const DEFAULT_REPLICAS = 40;

/**
 * The hidden systematic of a regressor by regime, 'all' first:
 * 'bias', mean of δ = (f − truth) / truth over the core (core_shift.ts);
 * 'peak', position of the peak of the output: half-sample mode (response/half_sample_mode.ts) in 200 bins that reach from
 * the 1 % to the 99 % quantile of the nominal output and a quarter of that way further. The error of its shift is from
 * a bootstrap of pairs (paired_bootstrap.ts), with two bins' roundings, width / √6, in quadrature; `replicas` 0: no error.
 * `leftOut`: events with an output that is no finite number, or a truth that is none or 0.
 */
export function hiddenResponses(
  given: Responses,
  groups: number,
  options: { readonly seed: number; readonly replicas?: number },
): { readonly rows: HiddenRow[]; readonly leftOut: number } {
  const kept = usable(given);
  const pick = (x: Float64Array): Float64Array => Float64Array.from(kept, (i) => x[i]!);
  const { truth, before, attacked, control, unit, keyLo, keyHi } = given;
  const outputs = [before, attacked, control].map(pick);
  const group = Uint16Array.from(kept, (i) => given.group[i]!);
  const events: PairedValues = {
    values: outputs,
    group,
    groups,
    keyLo: Uint32Array.from(kept, (i) => keyLo[i]!),
    keyHi: Uint32Array.from(kept, (i) => keyHi[i]!),
  };
  const peaks = peakShift(events, { seed: options.seed, replicas: options.replicas ?? DEFAULT_REPLICAS });
  const order = [groups, ...Array(groups).keys()];
  const name = (g: number): number | 'all' => (g === groups ? 'all' : g);
  const rows = order.map((g): HiddenRow => ({ regime: name(g), quantity: 'peak', unit, ...peaks[g]! }));
  if (truth === null) return { rows, leftOut: before.length - kept.length };
  const exact = pick(truth);
  const cores = coreShift(
    outputs.map((output) => output.map((f, i) => (f - exact[i]!) / exact[i]!)),
    group,
    groups,
  );
  const bias = order.map((g): HiddenRow => ({ regime: name(g), quantity: 'bias', unit: null, ...cores[g]! }));
  return { rows: [...bias, ...rows], leftOut: before.length - kept.length };
}

function usable({ truth, before, attacked, control }: Responses): number[] {
  const kept: number[] = [];
  for (let i = 0; i < before.length; i++) {
    const finite = Number.isFinite(before[i]) && Number.isFinite(attacked[i]) && Number.isFinite(control[i]);
    const known = truth === null || (Number.isFinite(truth[i]) && truth[i] !== 0);
    if (finite && known) kept.push(i);
  }
  return kept;
}

const peakOf: Statistic = (hist, group) => halfSampleMode(hist, group).value;

/** By group, all of them last. */
function peakShift(
  events: PairedValues,
  options: { readonly seed: number; readonly replicas: number },
): Pick<HiddenRow, 'nominal' | 'shift' | 'random'>[] {
  const { values, group, groups } = events;
  const bins = binsAround(values[0]!);
  const rounding = (bins[2] - bins[1]) / bins[0] / Math.sqrt(6);
  const peaks = values.map((column) => {
    const hist = histogram.create({ bins, groups, weighted: false });
    histogram.fill(hist, { length: column.length, columns: [column], group, weight: null });
    const withAll = withUnion(hist);
    return Array.from({ length: groups + 1 }, (_, g) => halfSampleMode(withAll, g));
  });
  const errors = pairedErrors(events, bins, peakOf, options);
  const shift = (v: number, g: number): Estimate => {
    const [from, to] = [peaks[0]![g]!, peaks[v]![g]!];
    if (from.value === null) return from;
    if (to.value === null) return to;
    const scatter = errors[v - 1]![g] ?? null;
    const error = scatter === null ? null : Math.sqrt(scatter * scatter + rounding * rounding);
    return { value: to.value - from.value, error };
  };
  return peaks[0]!.map((nominal, g) => ({ nominal, shift: shift(1, g), random: shift(2, g) }));
}

function binsAround(output: Float64Array): Bins {
  const sorted = output.slice().sort();
  if (sorted.length === 0) return [PEAK_BINS, 0, 1];
  const [low, high] = [0.01, 0.99].map((p) => sorted[Math.floor(p * (sorted.length - 1))]!) as [number, number];
  // All outputs the same: any width will do.
  const margin = (high - low) / 4 || Math.max(1, Math.abs(low)) / 4;
  return [PEAK_BINS, low - margin, high + margin];
}
