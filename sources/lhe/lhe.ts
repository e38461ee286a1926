import type { ReadOptions, Source } from '../source.js';
import { openBytes } from './bytes.js';
import { describeLhe } from './describe.js';
import { readBatches } from './events.js';

/**
 * Les Houches event files (hep-ph/0609017, version 3: arXiv:1405.1067), plain or gzip.
 *
 * Columns, units and the choice of the lepton pair: docs/sources-lhe.md. Events that are malformed, cut off, or without
 * the pair that was asked for are counted in `rejected`; attributes and weights that an event lacks are NaN.
 */
export const lhe: Source = {
  format: 'lhe',
  extensions: ['lhe', 'lhe.gz'],
  ranges: false,
  describe: describeLhe,
  read: (path: string, columns: readonly string[], options: ReadOptions) =>
    readBatches(path, openBytes(path, options.onBytes), columns, options.batchEvents),
};
