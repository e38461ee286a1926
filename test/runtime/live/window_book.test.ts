import { beforeAll, describe, expect, test } from 'vitest';
import type { CorrectionModel } from '../../../operators/correction/correction_model.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { fillBook, mergeBook, openBook, settleBook } from '../../../operators/summaries/book.js';
import { contentHash } from '../../../operators/summaries/codec.js';
import { SPLITS } from '../../../operators/split.js';
import { CORRECTED, correctedRowMaker } from '../../../runtime/corrected.js';
import { liveModels, type LiveModels } from '../../../runtime/live/live_models.js';
import { windowBookEntries, windowRowMaker, type Applied } from '../../../runtime/live/window_book.js';
import { REGIME } from '../../../runtime/observations.js';
import { filterChunk, type SkimChunk } from '../../../runtime/skim.js';
import { arrived, bookOf, findingsOf, modelsOf, range, told } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none');
const { pipeline } = loaded;
const { chunk } = arrived(loaded, [0, range(0, 1500)]);
const test_ = filterChunk(
  chunk,
  chunk.split.map((split) => Number(split === SPLITS.indexOf('test'))),
);
let models: LiveModels;
let correction: CorrectionModel;
let other: { map: RegimeMap; correction: CorrectionModel };
beforeAll(async () => {
  const found = await findingsOf(loaded, range(0, 1500));
  models = liveModels(found);
  correction = found.corrected!.fit.model;
  const three = await findingsOf(basePipeline('weight=none', 'regimes.count=3'), range(0, 1500));
  other = { map: three.fit.map, correction: three.corrected!.fit.model };
});

const applied = (map: RegimeMap, model: CorrectionModel | null): Applied => ({
  from: 0,
  version: 'v',
  map,
  correction: model,
});
const rowsOf = (rows: SkimChunk, with_: Applied) =>
  windowRowMaker(pipeline, models, windowBookEntries(pipeline, models))(rows, with_);

describe('the corrected response', () => {
  test('is that of a replay, of the same events, map and correction', () => {
    const expected = correctedRowMaker(pipeline, models.map, correction)(test_);
    const found = rowsOf(test_, applied(models.map, correction));
    expect(test_.length).toBeGreaterThan(100);
    expect(found.columns.get(CORRECTED)).toEqual(expected.columns.get(CORRECTED)!.subarray(0, test_.length));
    expect([...found.groups.get(REGIME)!.subarray(0, test_.length)]).toEqual([
      ...expected.groups.get(REGIME)!.subarray(0, test_.length),
    ]);
    expect(new Set(found.groups.get(REGIME)).size).toBe(2);
  });

  test('with a version that has regimes of its own: those for the correction, the first for the rows', () => {
    const expected = correctedRowMaker(pipeline, other.map, other.correction)(test_);
    const found = rowsOf(test_, applied(other.map, other.correction));
    expect(found.columns.get(CORRECTED)).toEqual(expected.columns.get(CORRECTED)!.subarray(0, test_.length));
    const regimes = rowsOf(test_, applied(models.map, correction)).groups.get(REGIME)!;
    expect(found.groups.get(REGIME)).toEqual(regimes);
  });

  test('without a correction is the response', () => {
    const { columns } = rowsOf(chunk, applied(models.map, null));
    const [reco, truth] = ['sum_reco', 'sum_truth'].map((name) => chunk.columns.get(name)!);
    expect(columns.get(CORRECTED)).toEqual(reco!.map((x, i) => (x - truth![i]!) / truth![i]!));
  });
});

describe('what is summed up of a window', () => {
  const keysOf = (...overrides: string[]): string[] =>
    windowBookEntries(basePipeline(...overrides).pipeline, models).map(({ key }) => key);

  test('response, pull and profiles; no weights', () => {
    expect(keysOf()).toEqual([
      ...['bias', 'core', 'widths', 'corrected:bias', 'corrected:core', 'corrected:widths', 'pull', 'pull²'],
      ...['H_T', 'abs_deta'].flatMap((name) =>
        ['widths', 'widths:corrected', 'along', 'along:corrected', 'along:context', 'along:pull'].map(
          (key) => `${key}:${name}`,
        ),
      ),
      ...['plane', 'plane:corrected', 'plane:regimes', 'worst'],
    ]);
    expect(windowBookEntries(pipeline, models).some(({ weighted }) => weighted)).toBe(false);
  });

  test('cells too, where models are refitted', () => {
    expect(keysOf('online={}').at(-1)).toBe('cells:0');
  });

  test('of the corrected response along the context and in the plane, where there can be one', () => {
    const keys = (online: boolean, model: CorrectionModel | null): string[] =>
      windowBookEntries(basePipeline(...(online ? ['online={}'] : [])).pipeline, { ...models, correction: model })
        .map(({ key }) => key)
        .filter((key) => /^(plane|widths:)/.test(key));
    const raw = ['widths:H_T', 'widths:abs_deta', 'plane', 'plane:regimes'];
    const both = ['widths:H_T', 'widths:corrected:H_T', 'widths:abs_deta', 'widths:corrected:abs_deta', 'plane'];
    expect(keys(false, null)).toEqual(raw);
    expect(keys(true, null)).toEqual([...both, 'plane:corrected', 'plane:regimes']);
    expect(keys(false, correction)).toEqual(keys(true, null));
  });

  test('no pulls and no worst events without a local model', () => {
    const keys = windowBookEntries(pipeline, { ...models, judge: null }).map(({ key }) => key);
    expect(keys.filter((key) => /pull|worst/.test(key))).toEqual([]);
    expect(keys).toContain('along:H_T');
  });

  test('no plane with one context variable; that of the first two with three', () => {
    const one = { ...pipeline, context: { H_T: pipeline.context.H_T! } };
    expect(windowBookEntries(one, models).map(({ key }) => key)).not.toContain('plane');
    const three = { ...pipeline, context: { ...pipeline.context, more: pipeline.context.H_T! } };
    const keys = windowBookEntries(three, models).map(({ key }) => key);
    expect(keys.filter((key) => key === 'plane')).toHaveLength(1);
    expect(keys).toContain('along:more');
  });

  test('counts alone without a response', () => {
    expect(keysOf('response=none', 'correction=none')).toEqual(['count']);
  });
});

test('is the same however the events are cut, and of no events it is empty', async () => {
  const entries = windowBookEntries(pipeline, models);
  const whole = bookOf(loaded, models, range(0, 300));
  const rows = windowRowMaker(pipeline, models, entries);
  const merged = openBook(entries);
  for (const [from, to] of [
    [200, 300],
    [0, 1],
    [1, 200],
  ] as const) {
    const book = openBook(entries);
    fillBook(book, entries, rows(arrived(loaded, [0, range(from, to)]).chunk, told(models).applied[0]!));
    mergeBook(merged, book);
  }
  settleBook(merged);
  expect(contentHash(merged)).toBe(contentHash(whole));
  const none = openBook(entries);
  settleBook(none);
  expect(contentHash(bookOf(loaded, models, []))).toBe(contentHash(none));
  expect((await modelsOf(loaded, range(0, 1500))).version).toBe(models.version);
});
