import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeWindow, openWatching } from '../../runtime/live/close_window.js';
import { windowReportSchema, type WindowReport } from '../../schemas/window_report.js';
import { bookOf, modelsOf, range } from '../support/live_events.js';
import { basePipeline } from '../support/stage.js';

const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('../../schemas/window-report.schema.json', import.meta.url), 'utf8')) as object,
);
const reports: WindowReport[] = [];
beforeAll(async () => {
  const PEAK = 'spectrum={ reco: sum_reco, truth: sum_truth, bins: [20, 0, 400] }';
  for (const overrides of [
    ['online={ learn: 1, every: 1 }', PEAK],
    ['response=none', 'correction=none'],
  ]) {
    const loaded = basePipeline('weight=none', ...overrides);
    const models = await modelsOf(loaded, range(0, 1200));
    let watching = openWatching(loaded, models);
    for (const number of [0, 1]) {
      const book = bookOf(loaded, models, range(300 * number, 300 * number + 300));
      const { after, report } = closeWindow(loaded, models, watching, { number, partitions: [0], book });
      watching = after;
      reports.push(JSON.parse(JSON.stringify(report)) as WindowReport);
    }
  }
});

describe('a closed window', () => {
  test('holds to its schema, in the program and as JSON Schema', () => {
    expect(reports).toHaveLength(4);
    for (const report of reports) {
      expect(windowReportSchema.parse(report)).toEqual(report);
      validate(report);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test.each([
    ['an entry that nobody knows', { colour: 'red' }],
    ['a count that is none', { events: -1 }],
    ['no name of the chain', { chain: undefined }],
    ['a verdict that is none', { regimes: [{ regime: 0, label: 'x', n: 1, share: 1, verdict: 'fine', why: '' }] }],
    ['an alarm of another check', { alarms: [{ check: 'guess' }] }],
  ])('with %s is refused by both', (_, wrong) => {
    const report: unknown = JSON.parse(JSON.stringify({ ...reports[0], ...wrong }));
    expect(windowReportSchema.safeParse(report).success).toBe(false);
    expect(validate(report)).toBe(false);
  });
});
