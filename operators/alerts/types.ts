export type Labels = Readonly<Record<string, string>>;

/** One number of a metric at an instant, as a scrape has it. */
export interface Sample {
  /** With its prefix. */
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/**
 * Samples of an instant, and at earlier instants those that conditions look back at; each series rising in time, the
 * present instant last.
 */
export interface Scrape {
  /** Seconds since the epoch. */
  readonly time: number;
  readonly samples: readonly Sample[];
}

export type Matching = { readonly on: readonly string[] } | { readonly ignoring: readonly string[] };

/**
 * A condition over metrics: what is printed as PromQL and evaluated here, with the same meaning: vectors are matched by
 * their labels without the metric's name, a comparison keeps what it holds for, absent is no sample.
 */
export type Condition =
  | { readonly kind: 'metric'; readonly name: string; readonly labels?: Labels }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'time' }
  | { readonly kind: 'absent'; readonly of: Condition }
  | { readonly kind: 'abs'; readonly of: Condition }
  | { readonly kind: 'increase'; readonly name: string; readonly labels?: Labels; readonly seconds: number }
  /** Of the values of a series over `seconds`, which end `offset` seconds ago (none: now). */
  | {
      readonly kind: 'over_time';
      readonly with: 'min' | 'max' | 'median';
      readonly name: string;
      readonly labels?: Labels;
      readonly seconds: number;
      readonly offset?: number;
    }
  | {
      readonly kind: 'aggregate';
      readonly by: readonly string[];
      readonly with: 'sum' | 'max' | 'min' | 'count';
      readonly of: Condition;
    }
  | {
      readonly kind: 'binary';
      readonly op: '+' | '-' | '*' | '/' | '>' | '>=' | '<' | '<=' | '==' | '!=' | 'and' | 'or' | 'unless';
      readonly left: Condition;
      readonly right: Condition;
      readonly matching?: Matching;
      /** Labels of the many side are kept: group_left. */
      readonly groupLeft?: readonly string[];
    };

/** A text with numbers of the instant in it. */
export type Words = readonly (
  | string
  | { readonly label: string }
  | { readonly value: 'percent' | 'number' | 'count' | 'duration' }
  /** A metric with labels of the alert: the first sample that matches; 'unknown' if there is none. */
  | {
      readonly metric: string;
      readonly labels: Labels;
      readonly same: readonly string[];
      /** 'errors': how many errors something is, two digits. */
      readonly as: 'percent' | 'number' | 'errors' | 'label';
      readonly label?: string;
    }
  /** A metric and the metric of its error, 'value ± error', both to the digits that the error keeps. */
  | {
      readonly estimate: readonly [value: string, error: string];
      readonly labels: Labels;
      readonly same: readonly string[];
      readonly as: 'percent' | 'number';
    }
  /** Three metrics, 'value (low to high)', to the digits that half the interval keeps. */
  | {
      readonly interval: readonly [value: string, low: string, high: string];
      readonly labels: Labels;
      readonly same: readonly string[];
    }
)[];

export interface AlertRule {
  /** CamelCase, as Prometheus' alerts are named. */
  readonly name: string;
  readonly severity: 'page' | 'ticket' | 'info';
  readonly when: Condition;
  readonly forSeconds: number;
  /** What it is about, for grouping and inhibition: 'response', 'mix', 'probe', 'correction', 'data', 'pipeline'. */
  readonly area: string;
  readonly summary: Words;
  readonly description: Words;
  /** Limit that the value is compared with, for figures; absent where there is none. */
  readonly limit?: number;
  /** Names of rules of which a firing one silences this (same pipeline, and the labels of `equal`). */
  readonly inhibitedBy?: readonly { readonly name: string; readonly equal: readonly string[] }[];
}

/** An alert of a rule, for one set of labels. Plain data. */
export interface AlertState {
  readonly rule: string;
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
  /** Seconds since the epoch at which the condition began to hold, and at which it had held long enough. */
  readonly activeAt: number;
  readonly firedAt: number | null;
  readonly value: number;
}

/** A series that is evaluated before the alerts of an instant, for words and figures. */
export interface RecordingRule {
  /** level:metric:operation */
  readonly record: string;
  readonly is: Condition;
}
