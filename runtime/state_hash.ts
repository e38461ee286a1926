import type { Rejections } from '../operators/batch.js';
import { SPLITS } from '../operators/split.js';
import type { Book, Entry } from '../operators/summaries/book.js';
import { contentHash } from '../operators/summaries/codec.js';
import type { MomentsConfig, MomentsState } from '../operators/summaries/moments.js';
import { regroupMoments } from '../operators/summaries/regroup.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { DELTA, SPLIT } from './observations.js';

/** What became of the events: read = used + rejected + late + duplicate. */
export interface EventCounts {
  readonly read: number;
  readonly used: number;
  readonly rejected: Rejections;
  readonly late: number;
  readonly duplicate: number;
}

/**
 * The state that events leave before any model: their counts, the context in cells and sums by split (what regimes are
 * found from), and the response's sums by split. It is exact, so a replay of stored events, any split of it, and live
 * workers that were killed and went on have the same bits, and so the same hash.
 */
export interface EventState {
  readonly events: EventCounts;
  readonly surveyed: Book;
  /** null: the pipeline has no response. */
  readonly response: MomentsState | null;
}

export const stateHash = ({ events, surveyed, response }: EventState): string =>
  contentHash({ events: { ...events, rejected: sortedRejections(events.rejected) }, surveyed, response });

export const sortedRejections = (rejected: Rejections): Rejections =>
  Object.fromEntries(Object.entries(rejected).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Sums of the response by split. */
export const RESPONSE = 'response';

export function responseEntry({ weight }: Pipeline): Entry {
  const weighted = weight !== undefined;
  const config: MomentsConfig = { groups: SPLITS.length, weighted, wide: false };
  return { key: RESPONSE, summary: 'moments', config, columns: [DELTA], group: SPLIT, weighted };
}

/** The same of sums by regime and split. */
export const responseBySplit = (byRegime: MomentsState): MomentsState =>
  regroupMoments(
    byRegime,
    Array.from(byRegime.n, (_, group) => group % SPLITS.length),
    SPLITS.length,
  );
