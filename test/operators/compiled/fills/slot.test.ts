import { expect, it } from 'vitest';
import { axisBin, slot } from '../../../../operators/compiled/fills/slot.js';
import { slotOf, slotsOf, type Bins } from '../../../../operators/summaries/histogram.js';
import { HOSTILE } from '../both.js';
import { laneValues } from '../lane_values.js';

const BINS: readonly Bins[] = [
  [10, 0, 1],
  [7, -1, 1],
  [3, 0.1, 0.3],
  [4000, -1, 1],
];
const next = (x: number, steps: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
};

it.each(BINS)(
  '%i bins from %f to %f: edges, their neighbours and hostile numbers fall where slotOf says',
  (...bins) => {
    const [n, low, high] = bins;
    const edges = Array.from({ length: n + 1 }, (_, i) => low + (i * (high - low)) / n);
    const x = Float64Array.from([...edges.flatMap((edge) => [edge, next(edge, 1), next(edge, -1)]), ...HOSTILE]);
    const group = Uint16Array.from(x, (_, i) => i % 5);
    const [alone, grouped, axis] = laneValues(
      (p, [value, g]) => [slot(p, value!, bins, null), slot(p, value!, bins, g!), axisBin(p, value!, bins)],
      [x, group],
      ['f64', 'u16'],
    );
    expect(alone).toEqual([...x].map((value) => slotOf(value, bins)));
    expect(grouped).toEqual([...x].map((value, i) => group[i]! * slotsOf(bins) + slotOf(value, bins)));
    expect(axis).toEqual([...x].map((value) => (Number.isNaN(value) ? 0 : slotOf(value, bins))));
  },
);
