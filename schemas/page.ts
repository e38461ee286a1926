import type { Estimate } from './report.js';
import type { WindowReport } from './window_report.js';

/** A closed window and when that was. */
export interface StoredWindow {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of the process that closed it. */
  readonly run: string;
  readonly report: WindowReport;
}

/** What a page, a dashboard or a figure needs to know of a pipeline. */
export interface PageDescription {
  readonly pipeline: string;
  readonly title: string;
  readonly pipelineHash: string;
  /** Of regimewatch. */
  readonly version: string;
  readonly source: string;
  readonly context: readonly {
    readonly name: string;
    readonly title: string;
    readonly unit: string | null;
    /** Of the bins that are reported. */
    readonly edges: readonly number[];
  }[];
  readonly response: {
    readonly name: string;
    readonly title: string;
    readonly reco: string;
    readonly truth: string;
  } | null;
  readonly spectrum: { readonly title: string; readonly unit: string | null } | null;
  /** Of the alerts. */
  readonly limits: Readonly<
    Record<'bias' | 'sigma68' | 'pull' | 'peak' | 'share' | 'probe' | 'significance' | 'least', number>
  >;
  /** 'of 5,000 events' */
  readonly window: string;
  /** Names of the probes. */
  readonly probes: readonly string[];
}

/** An alert as it is shown. */
export interface PageAlert {
  readonly id: string;
  readonly name: string;
  readonly severity: 'page' | 'ticket' | 'info';
  readonly state: 'pending' | 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly activeAt: number;
  readonly firedAt: number | null;
  readonly resolvedAt: number | null;
  /** Windows at which it fired and ended. */
  readonly firedWindow: number | null;
  readonly resolvedWindow: number | null;
  readonly summary: string;
  readonly description: string;
  readonly value: number;
  readonly limit: number | null;
  readonly runbook: string;
  /** Another alert that fires explains it. */
  readonly inhibitedBy: string | null;
  readonly acknowledged: { readonly at: number; readonly note: string } | null;
}

export interface PageProbe {
  readonly name: string;
  readonly model: string;
  readonly regime: string;
  readonly fooled: Estimate;
  readonly control: Estimate;
  readonly sampled: number;
  readonly skipped: number;
}

export interface PageStatus {
  readonly verdict: 'null' | 'good' | 'medium' | 'bad';
  /** One sentence: why. */
  readonly why: string;
  /** Milliseconds since the epoch from which the verdict holds; null: none yet. */
  readonly since: number | null;
  readonly events: {
    readonly read: number;
    readonly used: number;
    readonly late: number;
    readonly duplicate: number;
    readonly rejected: Readonly<Record<string, number>>;
  };
  /** Events a second over the last ten seconds. */
  readonly rate: number | null;
  readonly lag: number | null;
  readonly checkpointAgeSeconds: number | null;
  readonly windows: number;
  readonly models: string | null;
  readonly correction: string | null;
  readonly probes: readonly PageProbe[];
  /** Something that was done to the stream on purpose, and from which event on. */
  readonly injection: { readonly words: string; readonly window: number } | null;
  /** The stream has come to its end. */
  readonly ended: boolean;
}

/** What is served of a stream: state that is asked for, and news. */
export interface PageFeed {
  readonly description: PageDescription;
  readonly status: () => PageStatus;
  /** Newest first. */
  readonly alerts: () => readonly PageAlert[];
  /** Windows with report.index >= from, rising. */
  readonly windows: (from: number) => Promise<readonly StoredWindow[]>;
  /** The period that was set as reference in the history (`history set-reference`); null: none was. */
  readonly reference: () => Promise<PageReference | null>;
  /** Makes windows the reference; false: they are not of the stream as it is now. null: there is no history to keep it. */
  readonly setReference: ((period: PagePeriod) => Promise<boolean>) | null;
  /** False: there is no such alert. */
  readonly acknowledge: (id: string, note: string) => boolean;
  /** In Prometheus' text format, or in OpenMetrics. */
  readonly metrics: (openMetrics?: boolean) => Promise<string>;
  readonly ready: () => boolean;
  /** Returns what ends the subscription. */
  readonly subscribe: (listener: (news: PageNews) => void) => () => void;
}

export type PageNews =
  | { readonly kind: 'window'; readonly window: StoredWindow }
  | { readonly kind: 'status' }
  | { readonly kind: 'alerts' }
  | { readonly kind: 'reference' };

/** Windows that others are compared with. */
export interface PageReference {
  /** Where they are from: 'windows 3 to 12 of epoch 2'; and why there are none to compare with. */
  readonly words: string;
  readonly windows: readonly StoredWindow[];
}

/** What a page is served of it. */
export interface ServedReference {
  readonly reference: PageReference | null;
  /** Another one can be set: there is a history that keeps it. */
  readonly settable: boolean;
}

/** Windows by index, ends included, of the stream in which the last of them has this chain. */
export interface PagePeriod {
  readonly from: number;
  readonly to: number;
  readonly chain: string;
}

/** Where closed windows and alerts are kept. */
export interface HistoryStore {
  /** Resolves when it is durable. A window of a pipeline with an index that is there already is kept once. */
  readonly append: (window: StoredWindow) => Promise<void>;
  readonly putAlert: (alert: PageAlert) => Promise<void>;
  /** Windows of the pipeline with report.index in [from, to], rising, at most `most` (the last ones). */
  readonly windows: (pipeline: string, from: number, to: number, most: number) => Promise<StoredWindow[]>;
  readonly alerts: (pipeline: string, most: number) => Promise<PageAlert[]>;
  /** With the windows that it holds, at most `most` (the last ones). */
  readonly referenceWindows: (pipeline: string, most: number) => Promise<PageReference | null>;
  /** False: the stream that is read has no such windows, and nothing is set. */
  readonly setReferenceWindows: (pipeline: string, period: PagePeriod) => Promise<boolean>;
  readonly close: () => Promise<void>;
}
