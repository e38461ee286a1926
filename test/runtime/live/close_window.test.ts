import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { mergeBook, type Book } from '../../../operators/summaries/book.js';
import { contentHash, decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { appliedAt, closeWindow, openWatching, type Watching } from '../../../runtime/live/close_window.js';
import { mergeWindowBook } from '../../../runtime/live/earlier_books.js';
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

const LEFT = 'correctedSigma68';
/** All of the first momentum is lost: far beyond the core of every regime. */
const gone = { reco_pt1: (event: number) => (event % 7) - 20 };
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

  test('holds what figures and alerts show', () => {
    const [report] = closed(loaded, models, [3]).reports;
    const { distributions, grid, zones, worst } = report!;
    expect(distributions!.rows).toHaveLength(4);
    expect(grid!.cells.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(0.3 * WIDTH);
    expect(zones).toEqual([]);
    expect(worst).toHaveLength(20);
    for (const { identity } of worst!) expect(Math.floor(Number(identity) / WIDTH)).toBe(3);
    for (const { core, corrected, tail, pullWidth } of report!.regimes) {
      expect(corrected!.core).toEqual(core);
      expect([tail!.value, pullWidth!.value].every((value) => value !== null)).toBe(true);
    }
    expect(report!.byContext.every(({ sigma68, corrected }) => sigma68 && corrected)).toBe(true);
    expect(JSON.stringify(report).length).toBeLessThan(60_000);
  });

  test('of 64 regimes and 20 × 20 cells is a message of less than 200 kB', async () => {
    const edges = (most: number) => Array.from({ length: 21 }, (_, i) => (i * most) / 20).join();
    const reports = [`context.H_T.report=[${edges(400)}]`, `context.abs_deta.report=[${edges(5)}]`];
    const many = basePipeline('weight=none', 'regimes.count=64', 'response.bins=[4000, -1, 1]', CHECKS, ...reports);
    const learned = await modelsOf(many, range(0, 3000));
    const book = bookOf(many, learned, range(0, 9000));
    const watching = openWatching(many, learned);
    const { report } = closeWindow(many, learned, watching, { number: 0, partitions: [0], book });
    expect([report.regimes.length, report.grid!.cells.length > 250]).toEqual([64, true]);
    expect(report.distributions!.rows[0]!.counts).toHaveLength(32);
    expect(report.grid!.cells.reduce((sum, { regimes }) => sum + regimes!.length, 0)).toBeGreaterThan(400);
    expect(JSON.stringify(report).length).toBeLessThan(200_000);
  });

  test('has the reference once the checks have learned, and the same from then on', () => {
    const { reports, watching } = closed(loaded, models, range(0, 7), 5);
    const references = reports.map(({ regimes }) => regimes.map(({ reference }) => reference));
    expect(
      references
        .slice(0, 3)
        .flat()
        .every((each) => each === undefined),
    ).toBe(true);
    for (const [regime, { core, share }] of references[3]!.map((each) => each!).entries()) {
      const learned = reports.slice(0, 4).map(({ regimes }) => regimes[regime]!);
      const n = learned.reduce((sum, each) => sum + each.n, 0);
      expect(core.value).toBeCloseTo(learned.reduce((sum, each) => sum + each.n * each.core!.value!, 0) / n, 14);
      expect(share.value).toBe(n / (4 * WIDTH));
    }
    expect(references[6]).toEqual(references[3]);
    expect(watching.reference).toHaveLength(2);
  });

  test('goes on from a state of before there were references', () => {
    const { watching } = closed(loaded, models, range(0, 5));
    const entries = Object.entries(watching).filter(([name]) => name !== 'reference');
    const old = Object.fromEntries(entries) as unknown as Watching;
    const book = bookOf(loaded, models, range(5 * WIDTH, 6 * WIDTH));
    const { after, report } = closeWindow(loaded, models, old, { number: 5, partitions: [0], book });
    expect(report.regimes.every(({ reference }) => reference !== undefined)).toBe(true);
    expect(after.reference).toHaveLength(2);
    windowReportSchema.parse(JSON.parse(JSON.stringify(report)));
  });

  test('of a window that an earlier release began has what its summaries tell', () => {
    const later = /^(corrected:core|pull²|along.*|widths:.*|plane.*|worst)$/;
    const earlier = (events: readonly number[]) =>
      Object.fromEntries(Object.entries(bookOf(loaded, models, events)).filter(([key]) => !later.test(key)));
    const events = range(3 * WIDTH, 4 * WIDTH);
    const merged = mergeWindowBook(bookOf(loaded, models, events.slice(100)), earlier(events.slice(0, 100)));
    const watching = openWatching(loaded, models);
    const close = (book: Book) => closeWindow(loaded, models, watching, { number: 3, partitions: [0], book }).report;
    const report = close(merged);
    expect(report).toEqual(close(earlier(events)));
    expect(windowReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const [whole] = closed(loaded, models, [3]).reports;
    report.regimes.forEach(({ core, corrected, pullWidth }, r) => {
      expect(core).toEqual(whole!.regimes[r]!.core);
      for (const each of [corrected!.core, pullWidth!])
        expect(each).toEqual({ value: null, error: null, reason: 'the window was begun by an earlier release' });
    });
    expect(report.byContext).toEqual([]);
    expect([report.grid, report.zones, report.worst]).toEqual([undefined, undefined, undefined]);
    expect(report.distributions).toEqual(whole!.distributions);
  });

  test('of a window begun before cells told their regimes has the rest', async () => {
    // The book of the events 900 to 999, as the release before it left it (deflated).
    const file = readFileSync(new URL('../../fixtures/live/window_book_1.deflated', import.meta.url));
    const stored = decodeState(inflateRawSync(file)) as Book;
    const same = basePipeline('weight=none', CHECKS);
    const learned = await modelsOf(same, range(0, 1500));
    expect(learned.correction).not.toBeNull();
    const close = (book: Book) =>
      closeWindow(same, learned, openWatching(same, learned), { number: 3, partitions: [0], book }).report;
    const whole = close(bookOf(same, learned, range(3 * WIDTH, 4 * WIDTH)));
    const report = close(mergeWindowBook(bookOf(same, learned, range(3 * WIDTH + 100, 4 * WIDTH)), stored));
    expect(windowReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const { grid, byContext, ...others } = report;
    expect(grid!.cells.map(({ core, ...rest }) => [Object.keys(rest), core])).toEqual(
      whole.grid!.cells.map(({ core }) => [['x', 'y', 'n'], core]),
    );
    expect(byContext).toEqual(
      whole.byContext.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== LEFT))),
    );
    expect(whole.grid!.cells.every(({ corrected, regimes }) => corrected && regimes)).toBe(true);
    expect(whole.byContext.every((row) => LEFT in row)).toBe(true);
    expect({ ...others, chain: '' }).toEqual({ ...whole, chain: '', grid: undefined, byContext: undefined });
  });

  test.each([
    ['one context variable', ['context={ H_T: { formula: gen_pt1 + gen_pt2, bins: [20, 0, 400] } }'], ['H_T'], false],
    [
      'three, and no local model',
      ['context.third={ formula: gen_pt2, bins: [10, 0, 100] }', 'objects=none'],
      ['H_T', 'abs_deta', 'third'],
      true,
    ],
  ])('of a pipeline with %s', async (_, overrides, variables, grid) => {
    const other = basePipeline('weight=none', CHECKS, ...overrides);
    const learned = await modelsOf(other, range(0, 1500));
    const { reports } = closed(other, learned, [0, 1]);
    for (const report of reports.map((each) => windowReportSchema.parse(each))) {
      expect([...new Set(report.byContext.map(({ variable }) => variable))]).toEqual(variables);
      expect('grid' in report).toBe(grid);
      expect('worst' in report).toBe(learned.judge !== null);
    }
    expect(learned.judge === null).toBe(grid);
  });

  test('is the same, to the bit, of events that came to several partitions in any order', () => {
    const [whole] = closed(loaded, models, [3]).reports;
    const parts = [0, 1, 2].map((part) => range(3 * WIDTH, 4 * WIDTH).filter((event) => event % 3 === part));
    const books = parts.map((events) => bookOf(loaded, models, [...events].reverse()));
    const book = bookOf(loaded, models, []);
    for (const each of [books[2]!, books[0]!, books[1]!]) mergeBook(book, each);
    const watching = openWatching(loaded, models);
    expect(closeWindow(loaded, models, watching, { number: 3, partitions: [0, 2], book }).report).toEqual(whole);
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

  test('of a response that has left the core wholly is bad, with an error above 0', () => {
    let watching: Watching = openWatching(loaded, models);
    const reports = range(0, 10).map((number) => {
      const events = range(number * WIDTH, (number + 1) * WIDTH);
      const book = bookOf(loaded, models, events, number >= 6 ? gone : {});
      const closed = closeWindow(loaded, models, watching, { number, partitions: [0], book });
      watching = closed.after;
      return closed.report;
    });
    expect(reports[5]!.regimes.map(({ verdict }) => verdict)).toEqual(['good', 'good']);
    const last = reports.at(-1)!;
    for (const { regime, n, core, corrected, verdict, why } of last.regimes) {
      const [low, high] = [models.core!.low[regime]!, models.core!.high[regime]!];
      expect(core).toEqual({
        value: expect.closeTo(low, 12) as number,
        error: expect.closeTo((high - low) / (n + 1), 12) as number,
      });
      expect(corrected!.core).toEqual(core);
      expect([verdict, why]).toEqual(['bad', expect.stringMatching(/bias −0\.\d+ ± 0\.0\d+ is \d+/)]);
    }
    expect(last.alarms.some(({ quantity, change }) => quantity === 'bias' && change.error! > 0)).toBe(true);
    windowReportSchema.parse(JSON.parse(JSON.stringify(last)));
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
