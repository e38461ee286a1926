import type { Book } from '../../operators/summaries/book.js';
import type { SkimChunk } from '../skim.js';
import type { EventState } from '../state_hash.js';
import type { JoinTotals } from './joined_log.js';
import type { LiveModels } from './live_models.js';
import type { Applied } from './window_book.js';

/** All that a partition has of a window, once the window is complete there. Said again it is the same. */
export interface WindowDelta {
  readonly kind: 'window';
  readonly partition: number;
  readonly window: number;
  readonly epoch: number;
  readonly events: number;
  readonly book: Book;
}

/** The events of a complete window, while there are no models: what the first are learned from. */
export interface WindowRowsMessage {
  readonly kind: 'rows';
  readonly partition: number;
  readonly window: number;
  readonly epoch: number;
  readonly chunks: readonly StoredChunk[];
}

/** How far a partition has come. */
export interface Progress {
  readonly kind: 'progress';
  readonly partition: number;
  readonly epoch: number;
  /** Lowest window whose rows, or whose delta, may still come: −Infinity any, Infinity none. */
  readonly shipped: number;
  readonly done: number;
  /** Nothing came for a while: others do not wait for it. */
  readonly idle: boolean;
  /** The end that was asked for is reached. */
  readonly ended: boolean;
}

/** What the events of a partition left before any model; sent when it has ended. */
export interface PartitionEnd {
  readonly kind: 'state';
  readonly partition: number;
  readonly epoch: number;
  readonly state: EventState;
  readonly deadLetters: number;
  readonly join: JoinTotals | null;
}

export type SummaryMessage = WindowDelta | WindowRowsMessage | Progress | PartitionEnd;

/** What the keeper tells the workers; a later one holds more, never less. */
export interface ModelsMessage {
  readonly kind: 'models';
  readonly models: LiveModels;
  readonly applied: readonly Applied[];
  /** Windows up to this number have their models. */
  readonly through: number;
  /** Windows below are closed. */
  readonly closed: number;
}

/** The whole stream has ended: the hash of what it left, for all partitions together. */
export interface EndMessage {
  readonly kind: 'end';
  /** Of the owners that had read their partitions to the end: a later owner has another end to come. */
  readonly epochs: readonly number[];
  readonly summary: LiveSummary;
}

export interface LiveSummary {
  readonly pipeline: string;
  readonly pipelineHash: string;
  readonly events: EventState['events'];
  readonly deadLetters: number;
  readonly windows: number;
  readonly veryLate: number;
  /** Where the truth came on a topic of its own. */
  readonly join: JoinTotals | null;
  readonly models: string | null;
  readonly stateHash: string;
  readonly chain: string;
}

/** A skim chunk as CBOR holds it. */
export type StoredChunk = Omit<SkimChunk, 'columns'> & { readonly columns: Readonly<Record<string, Float64Array>> };

export const storedChunk = (chunk: SkimChunk): StoredChunk => ({
  ...chunk,
  columns: Object.fromEntries(chunk.columns),
});

export const skimChunk = (stored: StoredChunk): SkimChunk => ({
  ...stored,
  columns: new Map(Object.entries(stored.columns)),
});
