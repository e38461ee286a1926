import { beforeAll, describe, expect, test } from 'vitest';
import { contentHash, decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { appliedAt, closeWindow, openWatching, type Watching } from '../../../runtime/live/close_window.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import type { LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { windowReportSchema, type WindowReport } from '../../../schemas/window_report.js';
import { bookOf, modelsOf, range } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 300;
const CHECKS = 'checks={ learn: 4, least: 20, run_length: 100 }';
const loaded = basePipeline('weight=none', 'correction=none', CHECKS);
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1500));
});

const shifted = { reco_pt1: (event: number) => 100 + (event % 200) };
/** Closes windows of these numbers, one after the other; from `change` on the response is another. */
function closed(pipeline: LoadedPipeline, with_: LiveModels, numbers: readonly number[], change = Infinity) {
  let watching: Watching = openWatching(pipeline, with_);
  const reports: WindowReport[] = [];
  for (const number of numbers) {
    const events = range(number * WIDTH, (number + 1) * WIDTH);
    const book = bookOf(pipeline, with_, events, number >= change ? shifted : {});
    const { after, report } = closeWindow(pipeline, with_, watching, { number, partitions: [0, 2], book });
    watching = decodeState(encodeState(after)) as Watching;
    reports.push(report);
  }
  return { reports, watching };
}

describe('a report', () => {
  test('is valid, and counts windows and events', () => {
    const { reports, watching } = closed(loaded, models, [3, 4, 9]);
    for (const report of reports) expect(windowReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(reports.map(({ window, index, events, partitions }) => [window, index, events, partitions])).toEqual(
      [3, 4, 9].map((window, index) => [window, index, WIDTH, [0, 2]]),
    );
    expect(reports[0]).toMatchObject({
      pipeline: 'base',
      pipelineHash: loaded.hash,
      models: models.version,
      correction: null,
    });
    expect(watching.windows).toBe(3);
  });

  test('is named with all before it', () => {
    const { reports, watching } = closed(loaded, models, [3, 4]);
    const [first, second] = reports;
    const named = (before: string, report: WindowReport): string => {
      const content: Partial<WindowReport> = { ...report };
      delete content.chain;
      return contentHash({ before, content });
    };
    expect(first!.chain).toBe(named('', first!));
    expect(second!.chain).toBe(named(first!.chain, second!));
    expect(watching.chain).toBe(second!.chain);
    expect(closed(loaded, models, [4]).reports[0]!.chain).not.toBe(second!.chain);
  });

  test('says which checks are in alarm, since which window, and by how much', () => {
    const numbers = range(10, 24);
    const { reports } = closed(loaded, models, numbers, 20);
    expect(reports.slice(0, 10).flatMap(({ alarms }) => alarms)).toEqual([]);
    const alarms = reports.at(-1)!.alarms.filter(({ quantity }) => quantity === 'bias');
    expect(alarms.length).toBeGreaterThan(0);
    for (const { since, statistic, threshold, change } of alarms) {
      // The excursion may have begun in the noise before.
      expect(since).toBeGreaterThan(13);
      expect(since).toBeLessThanOrEqual(21);
      expect(statistic).toBeGreaterThan(threshold);
      expect(Math.abs(change.value!)).toBeGreaterThan(0);
    }
    expect(reports.at(-1)!.regimes.some(({ verdict }) => verdict === 'bad')).toBe(true);
    windowReportSchema.parse(reports.at(-1));
  });

  test('has no verdict where the pipeline has no response', async () => {
    const bare = basePipeline('response=none', 'correction=none', 'weight=none');
    const { reports, watching } = closed(bare, await modelsOf(bare, range(0, 500)), [0, 1]);
    for (const { regimes, alarms, byContext } of reports.map((report) => windowReportSchema.parse(report))) {
      expect(regimes.map(({ verdict, why }) => [verdict, why])).toEqual(
        Array(2).fill(['null', 'the pipeline has no response']),
      );
      expect([alarms, byContext]).toEqual([[], []]);
    }
    expect([watching.watch, watching.online]).toEqual([null, null]);
  });
});

describe('refits', () => {
  const refitted = basePipeline('weight=none', CHECKS, 'online={ learn: 2, every: 1 }');

  test('take effect with the window after, and are told', () => {
    const { reports, watching } = closed(refitted, { ...models, correction: null }, range(0, 5));
    const fitted = reports.flatMap(({ window, online }) =>
      online.filter(({ kind }) => kind === 'fitted').map((event) => ({ window, ...event })),
    );
    expect(fitted.length).toBeGreaterThan(0);
    const { applied } = watching;
    for (const { window, effective } of fitted) {
      expect(effective).toBe(window + 1);
      expect(applied.some(({ from }) => from === window + 1)).toBe(true);
      expect(reports.find((report) => report.window === window)!.correction).toBe(
        appliedAt(applied, window).correction ? appliedAt(applied, window).version : null,
      );
    }
  });

  test('leave no more than sixteen corrections to remember', () => {
    let watching = openWatching(refitted, models);
    for (let n = 0; n < 40; n++) {
      const applied = [...watching.applied, { ...watching.applied[0]!, from: n, version: String(n) }];
      watching = { ...watching, applied: applied.slice(-16) };
    }
    expect(appliedAt(watching.applied, 39).version).toBe('39');
    expect(appliedAt(watching.applied, 1e9).version).toBe('39');
    expect(appliedAt(watching.applied, 30).version).toBe('30');
    expect(appliedAt(watching.applied, 2).version).toBe('24');
  });
});
