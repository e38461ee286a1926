import { beforeAll, describe, expect, test } from 'vitest';
import type { Book } from '../../../operators/summaries/book.js';
import type { HistogramState } from '../../../operators/summaries/histogram.js';
import { regroupHistogram } from '../../../operators/summaries/regroup.js';
import { CORRECTED } from '../../../runtime/corrected.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { windowBookEntries, windowRowMaker } from '../../../runtime/live/window_book.js';
import { distributions, plane } from '../../../runtime/live/window_figures.js';
import { regimeRows } from '../../../runtime/live/window_response.js';
import { REGIME } from '../../../runtime/observations.js';
import type { LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { stateOf } from '../../../runtime/report/pages.js';
import { arrived, bookOf, modelsOf, range, told } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none', 'response.bins=[4000, -1, 1]');
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1500));
});

/** Of each event: δ, and the context. */
function columnsOf(from: LoadedPipeline, events: readonly number[]) {
  const { chunk } = arrived(from, [0, events]);
  const of = (name: string): number[] => [...chunk.columns.get(name)!];
  const [reco, truth] = [of('sum_reco'), of('sum_truth')];
  return { delta: reco.map((x, i) => (x - truth[i]!) / truth[i]!), x: of('H_T'), y: of('abs_deta') };
}

describe('distributions', () => {
  test('hold every event of a regime once, in the bin of its δ', () => {
    const events = range(0, 600);
    const { low, high, rows } = distributions(loaded.pipeline, bookOf(loaded, models, events))!;
    expect([low, high]).toEqual([-0.15, 0.15]);
    expect(rows.map(({ regime, stage }) => `${regime} ${stage}`)).toEqual(
      [0, 1].flatMap((regime) => [`${regime} raw`, `${regime} corrected`]),
    );
    const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
    const { n } = { n: regimeRows(loaded.pipeline, models, bookOf(loaded, models, events)).map((row) => row.n) };
    for (const { regime, counts } of rows) {
      expect(counts).toHaveLength(122);
      expect(sum(counts)).toBe(n[regime]);
    }
    const raw = Array.from({ length: 122 }, (_, i) =>
      rows.filter(({ stage }) => stage === 'raw').reduce((all, { counts }) => all + counts[i]!, 0),
    );
    const expected = Array<number>(122).fill(0);
    for (const delta of columnsOf(loaded, events).delta) {
      expected[delta < low ? 0 : delta >= high ? 121 : 1 + Math.floor((delta - low) / 0.0025)]!++;
    }
    expect(raw.slice(1).reduce((far, each, i) => far + Math.abs(each - expected[i + 1]!), 0)).toBeLessThanOrEqual(2);
  });

  test('have flow bins, and fewer bins where the pipeline has fewer', () => {
    const coarse = basePipeline('weight=none');
    const { low, high, rows } = distributions(coarse.pipeline, bookOf(coarse, models, range(0, 100)))!;
    expect([low, high, rows[0]!.counts.length]).toEqual([-1, 1, 102]);
    const narrow = basePipeline('weight=none', 'response.bins=[800, -0.01, 0.01]');
    const found = distributions(narrow.pipeline, bookOf(narrow, models, range(0, 400)))!;
    const flow = found.rows.filter(({ stage }) => stage === 'raw').map(({ counts }) => counts[0]! + counts.at(-1)!);
    const { delta } = columnsOf(narrow, range(0, 400));
    const outside = delta.filter((x) => x < found.low || x >= found.high).length;
    expect(outside).toBeGreaterThan(300);
    expect(Math.abs(flow.reduce((a, b) => a + b, 0) - outside)).toBeLessThanOrEqual(1);
  });
});

test('distributions of many regimes have joined bins, so that all together have at most 1,920', async () => {
  const many = basePipeline('weight=none', 'response.bins=[4000, -1, 1]', 'regimes.count=40');
  const learned = await modelsOf(many, range(0, 1500));
  const book = bookOf(many, learned, range(0, 600));
  const { low, high, rows } = distributions(many.pipeline, book)!;
  expect(rows).toHaveLength(2 * 40);
  expect([low, high, rows[0]!.counts.length]).toEqual([-0.15, 0.15, 42]);
  const fine = distributions(many.pipeline, regimesJoined(book, 40))!.rows.filter(({ stage }) => stage === 'raw')[0]!;
  expect(fine.counts).toHaveLength(122);
  const raw = rows.filter(({ stage }) => stage === 'raw').map(({ counts }) => counts);
  const all = raw[0]!.map((_, i) => raw.reduce((sum, counts) => sum + counts[i]!, 0));
  const expected = [...Array(40).keys()].map((i) => fine.counts.slice(1 + 3 * i, 4 + 3 * i).reduce((a, b) => a + b));
  expect(all).toEqual([fine.counts[0], ...expected, fine.counts.at(-1)]);
  expect(all.reduce((a, b) => a + b)).toBe(600);
});

/** The histograms of all regimes as those of one. */
const regimesJoined = (book: Book, regimes: number): Book =>
  Object.fromEntries(
    ['widths', 'corrected:widths'].map((key) => {
      const hist = stateOf<HistogramState>(book, key);
      return [key, { summary: 'histogram', state: regroupHistogram(hist, Array<number>(regimes).fill(0), 1) }];
    }),
  );

describe('the plane', () => {
  test('has the events of each cell, their mean δ where all is core, and its error', () => {
    const events = range(0, 800);
    const wide = { ...models, core: { low: [-9, -9], high: [9, 9] } };
    const found = plane(loaded.pipeline, wide, bookOf(loaded, wide, events))!;
    const { delta, x, y } = columnsOf(loaded, events);
    expect([found.x, found.y]).toEqual(['H_T', 'abs_deta']);
    const { xEdges, yEdges } = found;
    for (const cell of found.cells) {
      const inside = delta.filter(
        (_, i) =>
          x[i]! >= xEdges[cell.x]! &&
          x[i]! < xEdges[cell.x + 1]! &&
          y[i]! >= yEdges[cell.y]! &&
          y[i]! < yEdges[cell.y + 1]!,
      );
      expect(cell.n).toBe(inside.length);
      const mean = inside.reduce((a, b) => a + b, 0) / cell.n;
      expect(cell.core.value).toBeCloseTo(mean, 12);
      if (cell.n < 2) continue;
      const variance = inside.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (cell.n - 1);
      expect(cell.core.error).toBeCloseTo(Math.sqrt(variance / cell.n), 10);
    }
    const inRange = x.filter((each, i) => each >= 0 && each < xEdges.at(-1)! && y[i]! < yEdges.at(-1)!).length;
    expect(found.cells.reduce((sum, { n }) => sum + n, 0)).toBe(inRange);
    expect(inRange).toBeLessThan(events.length);
  });

  test('has the corrected core of each cell, and its events by regime', () => {
    const whole = basePipeline('weight=none', 'context.H_T.report=[0, 50, 100, 200, 400]');
    const events = range(0, 800);
    const none = { ...models, core: { low: [-9, -9], high: [9, 9] } };
    const book = bookOf(whole, none, events);
    const { cells } = plane(whole.pipeline, none, book)!;
    expect(models.correction).not.toBeNull();
    const sum = (of: (cell: (typeof cells)[number]) => number): number =>
      cells.reduce((all, each) => all + of(each), 0);
    for (const { n, regimes } of cells) {
      expect(regimes!.reduce((all, [, events]) => all + events, 0)).toBe(n);
      expect(regimes!.every(([, events]) => events > 0)).toBe(true);
      expect(regimes!.map(([regime]) => regime)).toEqual(regimes!.map(([regime]) => regime).sort((a, b) => a - b));
    }
    const { chunk } = arrived(whole, [0, events]);
    const { columns, groups } = windowRowMaker(
      whole.pipeline,
      none,
      windowBookEntries(whole.pipeline, none),
    )(chunk, told(none).applied[0]!);
    const [x, y, delta] = ['H_T', 'abs_deta', CORRECTED].map((name) => columns.get(name)!);
    const regime = groups.get(REGIME)!;
    const inside = events.filter((i) => x![i]! < 400 && y![i]! < 5);
    expect(sum(({ n }) => n)).toBe(inside.length);
    for (const r of [0, 1]) {
      const expected = inside.filter((i) => regime[i] === r).length;
      expect(sum(({ regimes }) => regimes!.find(([each]) => each === r)?.[1] ?? 0)).toBe(expected);
      expect(expected).toBeGreaterThan(50);
    }
    const mean = inside.reduce((all, i) => all + delta![i]!, 0) / inside.length;
    expect(sum(({ n, corrected }) => n * corrected!.value!) / inside.length).toBeCloseTo(mean, 12);
    expect(sum(({ n, core }) => n * core.value!) / inside.length).toBeGreaterThan(mean + 0.005);
  });

  test('of a cell whose events have all left the core is not known to error 0', () => {
    // As wide as 0.001 about −1: every event is at the upper bound.
    const gone = { ...models, core: { low: [-1.0005, -1.0005], high: [-0.9995, -0.9995] } };
    for (const { n, core, corrected } of plane(loaded.pipeline, gone, bookOf(loaded, gone, range(0, 300)))!.cells) {
      expect(core.value).toBeCloseTo(-0.9995, 12);
      if (n === 1) expect(core.error).toBeNull();
      else expect(core.error).toBeCloseTo(0.001 / (n + 1), 12);
      expect(Math.abs(corrected!.value!)).toBeLessThanOrEqual(0.0005 + 1e-12);
      expect(corrected!.error).not.toBe(0);
    }
  });

  test('says nothing of a correction where there can be none', async () => {
    const raw = basePipeline('weight=none', 'correction=none');
    const learned = await modelsOf(raw, range(0, 1500));
    const { cells } = plane(raw.pipeline, learned, bookOf(raw, learned, range(0, 200)))!;
    expect(cells.some((cell) => 'corrected' in cell)).toBe(false);
    expect(cells.every(({ regimes }) => regimes!.length > 0)).toBe(true);
  });

  test('is absent with one context variable, and so are both without a response', async () => {
    const { pipeline } = loaded;
    const book = bookOf(loaded, models, range(0, 10));
    expect(plane({ ...pipeline, context: { H_T: pipeline.context.H_T! } }, models, book)).toBeUndefined();
    const bare = basePipeline('response=none', 'correction=none', 'weight=none');
    const learned = await modelsOf(bare, range(0, 500));
    const counted = bookOf(bare, learned, range(0, 10));
    const found = [distributions(bare.pipeline, counted), plane(bare.pipeline, learned, counted)];
    expect(found).toEqual([undefined, undefined]);
  });
});
