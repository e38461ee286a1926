import type { Added } from '../run.js';
import type { Lane, Program } from '../lanes.js';
import type { WeightLimbs } from './weight_limbs.js';

/** The lanes that a summary is filled from: those of `Rows` (summaries/summary.ts). */
export interface FillLanes {
  readonly columns: readonly Lane[];
  /** Null: all in group 0. */
  readonly group: Lane | null;
  /** Null: every event counts 1. */
  readonly weight: WeightLane | null;
}

/** Weights, and the limbs that they and their squares can have. */
export interface WeightLane {
  readonly lane: Lane;
  readonly limbs: WeightLimbs;
}

/**
 * A summary's fill as effects of a program: what `fill` of the summary does to its state, bit for bit once it is settled.
 * `lay` adds the effects of one table; `take` adds what came together in that table to the state, exactly, for up to 2^20
 * events. Groups are below the number that the state has.
 */
export interface Fill<Config, State> {
  readonly lay: (p: Program, config: Config, lanes: FillLanes) => void;
  readonly take: (state: State, added: Added, limbs: WeightLimbs) => void;
}
