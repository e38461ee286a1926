/**
 * A quantity against one context variable, in bins from low to high: only counts and sums, never events.
 * The flow bins may be the first and the last, with an infinite edge and a finite centre.
 */
export interface ContextProfile {
  readonly variable: string;
  /** Edges of each bin, in the unit of the variable. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Mean of the variable over the events in the bin. */
  readonly centre: Float64Array;
  /** Events in the bin; for weighted events the effective number. */
  readonly n: Float64Array;
  /** The quantity in the bin (mean δ, σ68, mean pull); NaN where it is unknown. */
  readonly value: Float64Array;
  /** Its standard error; NaN or 0 where it is unknown. */
  readonly error: Float64Array;
}
