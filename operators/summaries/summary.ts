/**
 * What a summary is filled from: whole columns of one batch.
 * `group[i]` says which of the summary's groups event i belongs to (a regime, a bin of H_T, ...); null: all in group 0.
 * `weight` null means that every event counts 1.
 */
export interface Rows {
  readonly length: number;
  readonly columns: readonly Float64Array[];
  readonly group: Uint16Array | null;
  readonly weight: Weights | null;
}

/** Event weights and their squares, split once per batch into the limbs of an exact sum (see exact_sum.ts). */
export interface Weights {
  readonly w: Float64Array;
  readonly wLimbs: Float64Array;
  readonly w2Limbs: Float64Array;
}

/**
 * Exact, mergeable state filled from batches.
 *
 * Laws (tested for every entry of the registry): any partition of the events over batches and states, merged in any
 * order, gives the same bits after `settle`; state is plain data that structuredClone copies and the codec stores.
 * `create(config)` is the empty state, neutral under merge; `merge` adds `from` to `into` (of the same config).
 * `settle` brings a state to its canonical form (it does not change what the state means).
 */
export interface Summary<Config, State> {
  readonly name: string;
  /** How many columns `fill` reads. */
  readonly columns: (config: Config) => number;
  readonly create: (config: Config) => State;
  readonly fill: (state: State, rows: Rows) => void;
  readonly merge: (into: State, from: State) => void;
  readonly settle: (state: State) => void;
}
