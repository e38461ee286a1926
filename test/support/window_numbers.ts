import type { WindowReport } from '../../schemas/window_report.js';
import type { SimulatedWindow } from './simulated_window.js';

interface Known {
  value: number | null;
  error: number | null;
}

export interface Response {
  readonly bias: Known;
  readonly core: Known;
  readonly median: Known;
  readonly sigma68: Known;
  readonly tail: { value: number | null; low: number | null; high: number | null };
}

function meanOf(values: Float64Array): Known {
  const n = values.length;
  if (n === 0) return { value: null, error: null };
  const value = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (n - 1);
  return { value, error: n > 1 ? Math.sqrt(variance / n) : null };
}

/** Mean, mean of the core (3 σ68 about the median), median, σ68 and share of the tail, with errors. */
export function responseOf(values: Float64Array): Response {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const at = (q: number) => sorted[Math.min(n - 1, Math.floor(q * n))] ?? NaN;
  const [middle, half] = [at(0.5), (at(0.8413) - at(0.1587)) / 2];
  const inside = values.filter((x) => Math.abs(x - middle) <= 3 * half);
  const known = (value: number, error: number): Known => (n < 10 ? { value: null, error: null } : { value, error });
  const share = n === 0 ? null : 1 - inside.length / n;
  const spread = share === null ? null : Math.sqrt((share * (1 - share)) / n + 1 / (4 * n * n));
  return {
    ...{ bias: meanOf(values), core: meanOf(inside) },
    median: known(middle, (1.253 * half) / Math.sqrt(n)),
    sigma68: known(half, (0.962 * half) / Math.sqrt(n)),
    tail: { value: share, low: share && Math.max(0, share - spread!), high: share && share + spread! },
  };
}

/** Underflow, bins, overflow. */
export function histogramOf(values: Float64Array, low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins + 2).fill(0);
  for (const x of values) {
    const bin = x < low ? 0 : x >= high ? bins + 1 : 1 + Math.floor(((x - low) / (high - low)) * bins);
    counts[bin]!++;
  }
  return counts;
}

/** Rows along a context variable; the flow bins only if they have events. */
export function profileOf(
  variable: 'H_T' | 'abs_deta' | 'mu',
  edges: readonly number[],
  window: SimulatedWindow,
  corrected: Float64Array,
): WindowReport['byContext'] {
  return [...Array(edges.length + 1).keys()].flatMap((group) => {
    const [low, high] = [edges[group - 1] ?? null, edges[group] ?? null];
    const inside = (_: number, i: number) => {
      const x = window[variable][i]!;
      return (low === null || x >= low) && (high === null || x < high);
    };
    const own = responseOf(window.delta.filter(inside));
    const left = responseOf(corrected.filter(inside));
    const n = window.delta.filter(inside).length;
    if ((low === null || high === null) && n === 0) return [];
    return [
      {
        ...{ variable, low, high, n, core: own.core, sigma68: own.sigma68 },
        pullMean: responseOf(window.pull.filter(inside)).core,
        ...{ corrected: left.core, correctedSigma68: left.sigma68 },
      },
    ];
  });
}

/** Cells that have events, with those of each regime. */
export function gridOf(
  x: 'H_T' | 'abs_deta' | 'mu',
  xEdges: readonly number[],
  y: 'H_T' | 'abs_deta' | 'mu',
  yEdges: readonly number[],
  window: SimulatedWindow,
  corrected: Float64Array,
): NonNullable<WindowReport['grid']> {
  const binOf = (edges: readonly number[], at: number) => edges.findLastIndex((edge) => edge <= at);
  const columns = xEdges.length - 1;
  const members = new Map<number, number[]>();
  window.delta.forEach((_, i) => {
    const [ix, iy] = [binOf(xEdges, window[x][i]!), binOf(yEdges, window[y][i]!)];
    if (ix < 0 || iy < 0 || ix >= columns || iy >= yEdges.length - 1) return;
    const cell = iy * columns + ix;
    members.set(cell, [...(members.get(cell) ?? []), i]);
  });
  const cells = [...members]
    .sort(([a], [b]) => a - b)
    .map(([cell, events]) => {
      const mean = (values: Float64Array) => meanOf(Float64Array.from(events, (i) => values[i]!));
      return {
        ...{ x: cell % columns, y: Math.floor(cell / columns), n: events.length },
        ...{ core: mean(window.delta), corrected: mean(corrected), regimes: regimesOf(events, window) },
      };
    });
  return { x, y, xEdges: [...xEdges], yEdges: [...yEdges], cells };
}

function regimesOf(events: readonly number[], { regime }: SimulatedWindow): [regime: number, n: number][] {
  const n = new Map<number, number>();
  for (const i of events) n.set(regime[i]!, (n.get(regime[i]!) ?? 0) + 1);
  return [...n].sort(([a], [b]) => a - b);
}
