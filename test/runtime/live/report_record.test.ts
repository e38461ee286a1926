import { expect, test } from 'vitest';
import { readReport, reportRecord } from '../../../runtime/live/report_record.js';
import type { LogRecord } from '../../../sources/kafka/types.js';
import { problemOf } from '../../support/problem_of.js';
import { windowReports } from '../../support/window_reports.js';

const [report] = windowReports({ windows: 1 });
const hash = report!.pipelineHash;
const written = reportRecord('g.windows', report!, 7, { at: 1.7e12, run: 'one' });
const record = (more: Partial<LogRecord> = {}): LogRecord => ({
  ...{ offset: 3, key: written.key, value: written.value, headers: new Map(Object.entries(written.headers)) },
  ...more,
});

test('what is written is read again, with who closed it and when', () => {
  expect(written.key.toString()).toBe(`${report!.window}/7`);
  expect(readReport(record(), hash, 'g.windows')).toEqual({
    ...{ epoch: 7, window: { at: 1.7e12, run: 'one', report } },
  });
});

test('a record without its closing, and one that takes another away', () => {
  expect(readReport(record({ headers: new Map() }), hash, 'g.windows')).toMatchObject({
    ...{ epoch: 0, window: { at: 0, run: '' } },
  });
  expect(readReport(record({ value: null }), hash, 'g.windows')).toBeNull();
});

test.each([
  ['is no JSON', 'nonsense'],
  ['is no report of a window', 'null'],
  ['is no report of a window', '[]'],
  ['is no report of a window', JSON.stringify({ ...report, index: -1 })],
  ['is a window of pipeline cafe', JSON.stringify({ ...report, pipelineHash: 'cafe' })],
])('%s: a problem that says where it lies', async (words, text) => {
  const { message } = await problemOf(() => readReport(record({ value: Buffer.from(text) }), hash, 'g.windows'));
  expect(message).toContain('topic g.windows offset 3: ' + words);
});
