import { beforeAll, describe, expect, test } from 'vitest';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { distributions, plane } from '../../../runtime/live/window_figures.js';
import { regimeRows } from '../../../runtime/live/window_response.js';
import type { LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { arrived, bookOf, modelsOf, range } from '../../support/live_events.js';
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

describe('the plane', () => {
  test('has the events of each cell, their mean δ where all is core, and its error', () => {
    const events = range(0, 800);
    const wide = { ...models, core: { low: [-9, -9], high: [9, 9] } };
    const found = plane(loaded.pipeline, bookOf(loaded, wide, events))!;
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

  test('is absent with one context variable, and so are both without a response', async () => {
    const { pipeline } = loaded;
    const book = bookOf(loaded, models, range(0, 10));
    expect(plane({ ...pipeline, context: { H_T: pipeline.context.H_T! } }, book)).toBeUndefined();
    const bare = basePipeline('response=none', 'correction=none', 'weight=none');
    const counted = bookOf(bare, await modelsOf(bare, range(0, 500)), range(0, 10));
    expect([distributions(bare.pipeline, counted), plane(bare.pipeline, counted)]).toEqual([undefined, undefined]);
  });
});
