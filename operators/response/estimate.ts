/** A number with its standard error (68 %). null: it cannot be known, and `reason` says why. */
export interface Estimate {
  readonly value: number | null;
  readonly error: number | null;
  readonly reason?: string;
}

export const unknown = (reason: string): Estimate => ({ value: null, error: null, reason });

/** `error` is null where it is not known (one event, a negative variance from negative weights). */
export const estimate = (value: number, error: number): Estimate => ({
  value,
  error: Number.isFinite(error) ? error : null,
});
