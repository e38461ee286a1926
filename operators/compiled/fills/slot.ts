import { slotsOf, type Bins } from '../../summaries/histogram.js';
import type { Lane, Program } from '../lanes.js';
import { numbers, written } from '../written.js';

/** (x − low) · (bins / (high − low)), which decides at the edges. */
export function place(p: Program, x: Lane, [bins, low, high]: Bins): Lane {
  return written(p, '(x - low) * scale', { x, ...numbers(p, { low, scale: bins / (high - low) }) });
}

/** Slot of a histogram: underflow, the bins, overflow, NaN (`slotOf` of summaries/histogram.ts), of its group. */
export function slot(p: Program, x: Lane, bins: Bins, group: Lane | null): Lane {
  const [n] = bins;
  const names = { t: place(p, x, bins), ...numbers(p, { n, over: n + 1, nan: n + 2, stride: slotsOf(bins) }) };
  const own = written(p, 'where(t >= 0, where(t < n, floor(t) + 1, over), where(t < 0, 0, nan))', names);
  return group === null ? own : written(p, 'group * stride + own', { ...names, group, own });
}

/** Bin along an axis of a plane: 0 below (and NaN), bins + 1 above. */
export function axisBin(p: Program, x: Lane, bins: Bins): Lane {
  const [n] = bins;
  const names = { t: place(p, x, bins), ...numbers(p, { n, over: n + 1 }) };
  return written(p, 'where(t >= 0, where(t < n, floor(t) + 1, over), 0)', names);
}
