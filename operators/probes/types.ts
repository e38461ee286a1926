/**
 * Features that are measured on their own and may be changed ("free"), and how far. Features that follow from others
 * are not among them: they are computed anew (Objective.features).
 */
export interface Envelope {
  readonly names: readonly string[];
  /** Range of each free feature, ends included; ±Infinity where there is none. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** 0: continuous; else values are whole multiples of it. */
  readonly step: Float64Array;
  /** Groups whose uncertainties are correlated; each feature is in one at most, the others stand alone. */
  readonly groups: readonly CorrelatedGroup[];
}

export interface CorrelatedGroup {
  /** Places of the members among the free features. */
  readonly members: readonly number[];
  /** Lower Cholesky factor L of the members' correlation matrix R = L Lᵀ, row by row, g × g. */
  readonly cholesky: Float64Array;
}

/** Events to probe, by column: x[j][i] is free feature j of event i. */
export interface ProbedEvents {
  readonly length: number;
  /** Identity of each event (runtime/identity.ts), for what is drawn at random. */
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly x: readonly Float64Array[];
  /** Uncertainty of each value, in its unit; 0: the value is held (a missing value, a count that is sure). */
  readonly sigma: readonly Float64Array[];
}

/**
 * What an attack may ask of a model. `rows` are events (a row may come several times), x[j][r] is free feature j of
 * event rows[r], inside the envelope.
 */
export interface Objective {
  /** All features that the model reads, those that follow from others computed anew, in the order of the card. */
  readonly features: (rows: Int32Array, x: readonly Float64Array[]) => readonly Float64Array[];
  /**
   * How far each row is from being fooled: below 0 it is. A classifier: signed distance of its output from the working
   * point, in logits, positive on the side of the event's class. A regressor: 1 - (f(x') - f(x)) / (resolution ·
   * tolerance) with the sign of the direction it is pushed in. NaN where the model gives none.
   */
  readonly margin: (rows: Int32Array, x: readonly Float64Array[]) => Promise<Float64Array>;
  /** Margin of every event as it is, where it is known: it need not be asked again. */
  readonly nominal?: Float64Array;
}

export interface AttackSettings {
  /** s: the pulls u = (x' - x) / σ stay within |u_j| <= s, and uᵀ R⁻¹ u <= s² for a group. */
  readonly size: number;
  readonly seed: number;
  /** Steps of an iterative search. */
  readonly steps: number;
  /** Called between steps with the part that is done, 0 to 1; it may wait (to let others have the processor). */
  readonly onProgress?: (done: number) => void | Promise<void>;
}

/** Where an attack has taken the events: x[j][i], and the margin there. Never worse than where they were. */
export interface Perturbed {
  readonly x: readonly Float64Array[];
  readonly margin: Float64Array;
  /** Rows that the model was asked for. */
  readonly evaluations: number;
}

/**
 * Changes events inside the envelope so that their margins fall. Deterministic: what is drawn is a hash of (seed, event),
 * and an event's result does not depend on the others, but for attacks that say so.
 */
export type Attack = (
  envelope: Envelope,
  events: ProbedEvents,
  objective: Objective,
  settings: AttackSettings,
) => Promise<Perturbed>;

/** Rows of a model: columns in, columns out, one number a row each. */
export interface Model {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Outputs of `length` rows; a row's outputs do not depend on the rows beside it. */
  readonly run: (columns: readonly Float64Array[], length: number) => Promise<Float64Array[]>;
  readonly close: () => Promise<void>;
}
