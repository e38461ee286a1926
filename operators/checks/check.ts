import { Problem } from '../problem.js';

/** What a check says after a window. `alarm` is statistic > threshold; both grow with the evidence. */
export interface Finding {
  readonly alarm: boolean;
  readonly statistic: number;
  readonly threshold: number;
  /** First window of the present excursion; null: there is none. */
  readonly since: number | null;
  /** Estimated size of the change, signed, in the units of what the check reads; null: not a matter of one number. */
  readonly shift: number | null;
  /** ln p, for checks that test each window by itself. */
  readonly logP: number | null;
  /** In words; why there is no statistic, where there is none. */
  readonly reason: string | null;
}

/**
 * An ordered test over closed windows. `step` is pure: it gives a new state and leaves the old one as it was.
 * A state is plain data that structuredClone copies and the codec stores; it holds the configuration.
 */
export interface Check<Config, Input extends { readonly window: number }, State> {
  readonly name: string;
  readonly create: (config: Config) => State;
  readonly step: (state: State, input: Input) => State;
  readonly finding: (state: State) => Finding;
}

/** The window that follows; windows come in order, and a gap is allowed (a window without events). */
export function following(check: string, last: number | null, next: number): number {
  if (!Number.isInteger(next) || (last !== null && next <= last))
    throw new Problem(1, `Window ${next} of check ${check} after window ${last ?? 'none'}: windows are read in order`);
  return next;
}

/** Refuses a configuration: `what` is not a number above `least` (or equal to it, if `least` is allowed). */
export function demand(check: string, what: string, value: number, least: number, allowed = false): void {
  if (value > least || (allowed && value === least)) return;
  throw new Problem(
    2,
    `Check ${check}: ${what} is ${value}, give a number ${allowed ? 'of at least' : 'above'} ${least}`,
  );
}
