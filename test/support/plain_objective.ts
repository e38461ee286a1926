import type { Objective } from '../../operators/probes/types.js';

/** A function of the free features of one event as an objective; no feature follows from others. */
export const plainObjective = (f: (x: readonly number[]) => number): Objective => ({
  features: (_rows, x) => x,
  margin: (rows, x) => Promise.resolve(Float64Array.from(rows, (_, r) => f(x.map((column) => column[r]!)))),
});
