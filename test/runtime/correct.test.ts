import { expect, test } from 'vitest';
import { fillBook, openBook, settleBook, type Entry } from '../../operators/summaries/book.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { ZoomState } from '../../operators/summaries/zoom.js';
import { correct } from '../../runtime/correct.js';
import { correctedRowMaker } from '../../runtime/corrected.js';
import { firstEntries } from '../../runtime/local_entries.js';
import { DELTA } from '../../runtime/observations.js';
import { stateOf } from '../../runtime/report/pages.js';
import { firstPass, referenceChunk, referenceMap, referencePipeline, runOver } from '../support/local_chunks.js';

const first = await runOver([[referenceChunk]])(firstEntries(referencePipeline, DELTA, []), firstPass);
const passes: Entry[][] = [];
const run: Parameters<typeof correct>[3] = (entries, model) => {
  passes.push([...entries]);
  const book = openBook(entries);
  fillBook(book, entries, correctedRowMaker(referencePipeline, referenceMap, model)(referenceChunk));
  settleBook(book);
  return Promise.resolve(book);
};

test('fits on the training events, then looks at the test events for sums and again for quantiles', async () => {
  const found = (await correct(referencePipeline, referenceMap, first, run))!;
  const of = (split: number): number => referenceChunk.split.filter((each) => each === split).length;
  expect([found.fit.training, found.fit.validation]).toEqual([of(0), of(1)]);
  expect(passes).toHaveLength(2);
  const [sums, quantiles] = passes.map((entries) => entries.map(({ key }) => key));
  const wanted = sums!.filter((key) => key.startsWith('hist:')).map((key) => key.replace('hist:', 'zoom:'));
  // By regime there is one for all regimes together as well.
  const all = wanted.filter((key) => key.includes(':regime')).map((key) => `${key}:all`);
  expect([...quantiles!].sort()).toEqual([...wanted, ...all].sort());
  const counted = (state: { n: Float64Array }): number => state.n.reduce((sum, n) => sum + n, 0);
  expect(counted(stateOf<HistogramState>(found.tested, 'hist:test:raw:regime'))).toBe(of(2));
  expect(counted(stateOf<ZoomState>(found.zoomed, 'zoom:test:raw:regime:all'))).toBeGreaterThan(0);
});

test('is left alone where none is asked for', async () => {
  const none = { ...referencePipeline, correction: 'none' as const };
  expect(await correct(none, referenceMap, first, run)).toBeNull();
});
