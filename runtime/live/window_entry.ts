import type { Entry } from '../../operators/summaries/book.js';
import type { CountConfig } from '../../operators/summaries/count.js';
import type { HistogramConfig } from '../../operators/summaries/histogram.js';
import type { MomentsConfig } from '../../operators/summaries/moments.js';
import { REGIME } from '../observations.js';

/** Entries of a window's book: every event counts 1. */
const unweighted = (entry: Omit<Entry, 'weighted'>): Entry => ({ ...entry, weighted: false });

export const moments = (key: string, column: string, group: string, groups: number, wide = false): Entry => {
  const config: MomentsConfig = { groups, weighted: false, wide };
  return unweighted({ key, summary: 'moments', config, columns: [column], group });
};

export const histogram = (key: string, config: HistogramConfig, column: string, group = REGIME): Entry =>
  unweighted({ key, summary: 'histogram', config, columns: [column], group });

export const count = (key: string, group: string, groups: number): Entry => {
  const config: CountConfig = { groups, weighted: false };
  return unweighted({ key, summary: 'count', config, columns: [], group });
};
