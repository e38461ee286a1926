import { pow } from '../expressions/math/pow.js';
import { addNarrow, exactSums, sumAt, WIDTH } from '../summaries/exact_sum.js';
import { responseCells, type ResponseCellsState } from '../summaries/response_cells.js';

/**
 * What the models are fitted on. cumulative: all windows so far. sliding: the last `windows` of them. half_life: a
 * window counts 2^(−age / windows), age 0 for the newest; below `least` (default 1/64: six half-lives) it is dropped.
 * Windows are counted as they come: one that has no events is none.
 */
export type MemoryConfig =
  | { readonly kind: 'cumulative' }
  | { readonly kind: 'sliding'; readonly windows: number }
  | { readonly kind: 'half_life'; readonly windows: number; readonly least?: number };

/** A closed window, or for cumulative all of them merged. Cells settled, by split. */
interface Remembered {
  readonly from: number;
  readonly to: number;
  readonly cells: ResponseCellsState;
}

/** Bounded: one state (cumulative), `windows` of them (sliding), or log2(1 / least) · windows + 1 (half_life). */
export interface MemoryState {
  readonly config: MemoryConfig;
  readonly windows: readonly Remembered[];
  /** Training events dropped by half_life, each with the weight it would have now. */
  readonly dropped: number;
}

export interface Training {
  /** Numbers of the first and the last window. */
  readonly from: number;
  readonly to: number;
  /** Training events in them, and Σ of their weights. */
  readonly events: number;
  readonly weight: number;
  /** Share of the weight of all events ever seen that half_life has dropped; else 0. */
  readonly forgotten: number;
}

/** Of `half_life`, where the configuration gives none. */
export const LEAST_WEIGHT = 1 / 64;
const TRAIN = 0;

export const openMemory = (config: MemoryConfig): MemoryState => ({ config, windows: [], dropped: 0 });

/** The memory with one more window, its cells settled; they are kept, not copied. */
export function remember(memory: MemoryState, number: number, cells: ResponseCellsState): MemoryState {
  const { config } = memory;
  const windows = [...memory.windows, { from: number, to: number, cells }];
  if (config.kind === 'sliding') return { ...memory, windows: windows.slice(-config.windows) };
  if (config.kind === 'cumulative') return { ...memory, windows: [joined(windows)] };
  const { least = LEAST_WEIGHT } = config;
  const weights = windowWeights(config, windows.length);
  let dropped = memory.dropped * pow(2, -1 / config.windows);
  const kept = windows.filter(({ cells }, at) => {
    if (weights[at]! >= least) return true;
    dropped += weights[at]! * trainingEvents(cells);
    return false;
  });
  return { config, windows: kept, dropped };
}

/**
 * Training data of a fit: cells merged exactly or, for half_life, n, Σy and Σy² of each window's cells times the
 * weight, added in the order of the windows. A pure function of the window summaries. As counts, weighted n are on the
 * safe side: the error of a mean from them, s / √Σw, is no less than the true s √Σw² / Σw, since w ≤ 1.
 * Undefined before the first window.
 */
export function recall(memory: MemoryState): { cells: ResponseCellsState; training: Training } | undefined {
  const { config, windows, dropped } = memory;
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return undefined;
  const weights = windowWeights(config, windows.length);
  const cells = joined(windows.map((window, at) => ({ ...window, cells: weighted(window.cells, weights[at]!) }))).cells;
  const counts = windows.map((window) => trainingEvents(window.cells));
  const events = counts.reduce((sum, count) => sum + count, 0);
  const weight = counts.reduce((sum, count, at) => sum + count * weights[at]!, 0);
  const forgotten = dropped > 0 ? dropped / (weight + dropped) : 0;
  return { cells, training: { from: first.from, to: last.to, events, weight, forgotten } };
}

/** Oldest first. */
function windowWeights(config: MemoryConfig, count: number): number[] {
  return Array.from({ length: count }, (_, at) =>
    config.kind === 'half_life' ? pow(2, -(count - 1 - at) / config.windows) : 1,
  );
}

function joined(windows: readonly Remembered[]): Remembered {
  const { dimensions, groups, maxCells } = windows[0]!.cells;
  const cells = responseCells.create({ dimensions, groups, maxCells });
  for (const window of windows) responseCells.merge(cells, window.cells);
  responseCells.settle(cells);
  return { from: windows[0]!.from, to: windows.at(-1)!.to, cells };
}

function weighted(cells: ResponseCellsState, weight: number): ResponseCellsState {
  if (weight === 1) return cells;
  const slots = cells.n.length;
  const sums = exactSums(2 * slots, 'narrow');
  for (let i = 0; i < 2 * slots; i++) addNarrow(sums.limbs, i * WIDTH.narrow, weight * sumAt(cells.sums, i));
  return { ...cells, n: cells.n.map((n) => n * weight), sums };
}

function trainingEvents({ n, groups }: ResponseCellsState): number {
  let sum = 0;
  for (let at = TRAIN; at < n.length; at += groups) sum += n[at]!;
  return sum;
}
