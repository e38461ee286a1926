import type { Bins } from '../../operators/summaries/histogram.js';
import { slots, WORKLOAD } from './workload.js';

/** What the chain fills: numbers of events, and sums, by slot. */
export interface Filled {
  readonly counts: {
    /** Regime · slots of δ + slot of δ. */
    readonly delta: ArrayLike<number>;
    /** Slot of |Δη| · slots of H_T + slot of H_T, of the sums too. */
    readonly grid: ArrayLike<number>;
    readonly mass: ArrayLike<number>;
    readonly regime: ArrayLike<number>;
  };
  readonly sums: {
    readonly gridDelta: ArrayLike<number>;
    readonly gridAbsolute: ArrayLike<number>;
    readonly regimeDelta: ArrayLike<number>;
    readonly regimeSquare: ArrayLike<number>;
  };
}

/** The line that a peer prints. `megabytes`: peak resident memory, null where the system does not tell. */
export interface PeerLine extends Filled {
  readonly events: number;
  /** Of each repetition; one before them is not counted. */
  readonly seconds: readonly number[];
  /** The processor's, of all threads. */
  readonly processorSeconds: readonly number[];
  readonly megabytes: number | null;
  /** Bytes that the peer read from memory per second and did nothing else with them, in GB. */
  readonly gigabytesPerSecond?: number;
}

const { delta, ht, deta, mass, centroids } = WORKLOAD;
const cells = slots(ht) * slots(deta);

export const NUMBERS_OF = {
  counts: { delta: centroids.length * slots(delta), grid: cells, mass: slots(mass), regime: centroids.length },
  sums: { gridDelta: cells, gridAbsolute: cells, regimeDelta: centroids.length, regimeSquare: centroids.length },
} as const;

/** Nothing filled yet. */
export const emptyTables = () => ({
  counts: {
    delta: new Float64Array(NUMBERS_OF.counts.delta),
    grid: new Float64Array(cells),
    mass: new Float64Array(NUMBERS_OF.counts.mass),
    regime: new Float64Array(centroids.length),
  },
  sums: {
    gridDelta: new Float64Array(cells),
    gridAbsolute: new Float64Array(cells),
    regimeDelta: new Float64Array(centroids.length),
    regimeSquare: new Float64Array(centroids.length),
  },
});

/** Slot of x among bins with flow. */
export function slotAmong(x: number, [bins, low, high]: Bins): number {
  const t = (x - low) * (bins / (high - low));
  return t < 0 ? 0 : t < bins ? Math.floor(t) + 1 : bins + 1;
}
