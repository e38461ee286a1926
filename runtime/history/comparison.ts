import type { Estimate } from '../../operators/response/estimate.js';
import type { PeriodMean } from '../../operators/statistics/period_mean.js';

/** Where a period is: windows of an epoch of a history, by index, ends included. */
export interface PeriodPlace {
  readonly file: string;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** What a period holds. */
export interface PeriodContent extends PeriodPlace {
  readonly windows: number;
  readonly events: number;
  /** Milliseconds since the epoch of time: when its first and last window closed. */
  readonly began: number;
  readonly ended: number;
  readonly pipelineHash: string;
  /** Hashes of the models and corrections in effect, in order of use. */
  readonly models: readonly string[];
  readonly corrections: readonly (string | null)[];
}

export type Stage = 'raw' | 'corrected';

export type Quantity = 'share' | 'core' | 'sigma68' | 'pull' | 'peak';

/** A test among others: its p-value, and what Holm's method over the whole table makes of it; null: no test. */
export interface Tested {
  readonly pValue: number | null;
  readonly holm: number | null;
}

export interface QuantityRow extends Tested {
  readonly regime: number;
  readonly label: string;
  readonly quantity: Quantity;
  /** Of the response; null for what is no response. */
  readonly stage: Stage | null;
  readonly a: PeriodMean;
  readonly b: PeriodMean;
  /** b − a. */
  readonly difference: Estimate;
  /** Difference over its error. */
  readonly sigma: number | null;
}

export interface DistributionRow {
  readonly regime: number;
  readonly label: string;
  readonly stage: Stage;
  readonly n: { readonly a: number; readonly b: number };
  readonly chi2: (Tested & { readonly value: number; readonly ndof: number }) | null;
  readonly kolmogorov: (Tested & { readonly distance: number }) | null;
  /** Share of b over share of a, by bin of the joined binning. null: below or above the axis. */
  readonly ratio: readonly (Estimate & { readonly low: number | null; readonly high: number | null })[];
  /** Why there is no test. */
  readonly reason?: string;
}

export interface Comparison {
  readonly pipeline: string;
  /** What the other is compared with. */
  readonly a: PeriodContent;
  readonly b: PeriodContent;
  readonly rows: readonly QuantityRow[];
  readonly distributions: readonly DistributionRow[];
  /** p-values that Holm's method counted. */
  readonly tests: number;
  /** What is to be kept in mind. */
  readonly notes: readonly string[];
}
