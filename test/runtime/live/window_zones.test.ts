import { beforeAll, describe, expect, test } from 'vitest';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { windowZones } from '../../../runtime/live/window_zones.js';
import { bookOf, modelsOf, range, wireBatch } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none', 'context.H_T.report=[40, 80, 120, 160, 200, 240, 280, 320, 400]');
const { pipeline } = loaded;
const EVENTS = range(0, 6000);
const columns = wireBatch([[0, EVENTS]]).columns;
const of = (name: string, event: number): number => columns.get(name)![event]!;
/** δ with noise of the test's events, and `slope` per 100 GeV of H_T above 200. */
const response = (slope: number) => ({
  reco_pt1: (event: number): number => {
    const sum = of('gen_pt1', event) + of('gen_pt2', event);
    const noise = of('reco_pt1', event) / of('gen_pt1', event) - 1 - 1e-4 * of('gen_pt1', event);
    return of('gen_pt1', event) + sum * (noise + (slope * Math.max(0, sum - 200)) / 100);
  },
});
let models: LiveModels;
let quiet: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 3000));
  quiet = { ...models, judge: null };
});

describe('zones of a window', () => {
  test('the onset that the events were made with lies in the interval; what is delivered is the raw response', () => {
    const book = bookOf(loaded, { ...quiet, correction: null }, EVENTS, response(0.01));
    const zones = windowZones(pipeline, quiet, book, false)!.filter(({ variable }) => variable === 'H_T');
    expect(zones.map(({ quantity }) => quantity)).toEqual(['bias', 'corrected']);
    const [raw, delivered] = zones;
    expect(delivered).toEqual({ ...raw, quantity: 'corrected' });
    expect(raw!.low).toBeLessThan(200);
    expect(raw!.high).toBeGreaterThan(200);
    expect(raw!.high - raw!.low).toBeLessThan(100);
    expect(raw!.significance).toBeGreaterThan(5);
    // The last bin is about 360 GeV.
    expect(Math.abs(raw!.reached - 0.016)).toBeLessThan(0.004);
  });

  test('the corrected core and the pull have their own', () => {
    const book = bookOf(loaded, models, EVENTS, response(0.03));
    const zones = windowZones(pipeline, models, book, true)!.filter(({ variable }) => variable === 'H_T');
    expect(zones.map(({ quantity }) => quantity)).toEqual(['bias', 'corrected', 'pull']);
    for (const { onset } of zones) expect(Math.abs(onset - 200)).toBeLessThan(50);
  });

  test('none where the response does not change, where the change is a trifle, or where there are few events', () => {
    const found = (slope: number, events = EVENTS, more = pipeline) =>
      windowZones(more, quiet, bookOf(loaded, quiet, events, response(slope)), false);
    expect(found(0)).toEqual([]);
    const { danger_zone } = pipeline;
    const tolerant = { ...pipeline, danger_zone: { ...danger_zone, tolerance: { bias: 0.1, sigma68: 0.1, pull: 9 } } };
    expect(found(0.01, EVENTS, tolerant)).toEqual([]);
    expect(found(0.01, range(0, 300))).toEqual([]);
    expect(found(0.01, [])).toEqual([]);
  });

  test('no more than the level allows of windows without a change', () => {
    const flat = response(0);
    const windows = range(0, 6).map((w) => range(1000 * w, 1000 * (w + 1)));
    const found = windows.flatMap((events) => windowZones(pipeline, quiet, bookOf(loaded, quiet, events, flat), false));
    expect(found).toEqual([]);
  });
});
