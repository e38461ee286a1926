import { describe, expect, test } from 'vitest';
import { openBook } from '../../operators/summaries/book.js';
import {
  families,
  firstEntries,
  hatEntries,
  profileBins,
  pullEntries,
  windowEntries,
  zoneEntries,
} from '../../runtime/local_entries.js';
import { CORE, FOLD } from '../../runtime/local_pass.js';
import { DELTA, REGIME } from '../../runtime/observations.js';
import { basis } from '../operators/locality/reference.js';
import { referencePipeline } from '../support/local_chunks.js';
import { basePipeline } from '../support/stage.js';

const { pipeline } = basePipeline();
const all = families(pipeline, 3);
/** Opens the book of entries, which refuses a wrong number of columns; the keys, each once. */
function keysOf(entries: Parameters<typeof openBook>[0]): string[] {
  const keys = entries.map(({ key }) => key);
  expect(Object.keys(openBook(entries))).toEqual(keys);
  expect(entries.every(({ weighted }) => !weighted)).toBe(true);
  return keys;
}

test('families are the context variables with the bins of the report and both ends, and the regimes', () => {
  expect(all.map(({ name, bins }) => [name, bins])).toEqual([
    ['H_T', 5],
    ['abs_deta', 12],
    ['regime', 3],
  ]);
  expect(all.at(-1)!.group).toBe(REGIME);
});

describe('the entries of each pass have keys of their own and as many columns as they need', () => {
  test('first', () => {
    const raw = keysOf(firstEntries(pipeline, DELTA, ['pt']));
    expect(raw).toEqual(['response_cells', 'local_moments', 'feature:pt:0', 'feature:pt:1', 'windows']);
    // Of the core the raw response is kept beside it.
    expect(keysOf(firstEntries(pipeline, CORE, []))).toEqual([
      'response_cells',
      'response_cells:raw',
      'local_moments',
      'windows',
    ]);
    expect(keysOf(firstEntries(basePipeline('window=none').pipeline, DELTA, []))).not.toContain('windows');
  });

  test('fit', () => {
    expect(keysOf(hatEntries(basis, 1, null, 'w', 'y'))).toEqual(['products', 'sums']);
    expect(keysOf(hatEntries(basis, 5, FOLD, null, 'y'))).toEqual(['sums']);
  });

  test('pulls, profiles and windows of the models there are', () => {
    const both = ['learned', 'declared'] as const;
    expect(keysOf(pullEntries(both, all))).toHaveLength(3 * (4 + 3));
    expect(keysOf(pullEntries([], all))).toEqual([]);
    expect(keysOf(zoneEntries(pipeline, both))).toHaveLength(2 * (3 + 2));
    const windows = Float64Array.of(0, 1, 7);
    expect(keysOf(windowEntries(pipeline, 3, windows, 'learned'))).toContain('window:pull');
    expect(keysOf(windowEntries(pipeline, 3, windows, undefined))).not.toContain('window:pull');
    expect(windowEntries(pipeline, 3, null, 'learned')).toEqual([]);
  });
});

test('profiles have the bins of the response, 800 at most', () => {
  expect(profileBins(referencePipeline)).toEqual([400, -1, 1]);
  expect(profileBins(basePipeline('response.bins=[4000, -1, 1]').pipeline)).toEqual([800, -1, 1]);
});
