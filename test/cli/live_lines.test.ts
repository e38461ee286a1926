import { describe, expect, test } from 'vitest';
import { liveLine, summaryLines } from '../../cli/live_lines.js';
import type { LiveSummary } from '../../runtime/live/messages.js';
import type { WindowReport } from '../../schemas/window_report.js';

const regime = (verdict: WindowReport['regimes'][number]['verdict'], why: string) => ({
  ...{ regime: 0, label: 'low', n: 1, share: 1, verdict, why },
});
const report = (more: Partial<WindowReport>): WindowReport => ({
  ...{ pipeline: 'p', pipelineHash: 'h', window: 7, index: 0, events: 12_345, partitions: [0], models: 'm' },
  ...{ correction: null, regimes: [regime('good', 'fine')], byContext: [], alarms: [], online: [], chain: 'c' },
  ...more,
});
const alarm: WindowReport['alarms'][number] = {
  ...{ check: 'cusum', quantity: 'bias', regime: 0, statistic: 5, threshold: 4, since: 6 },
  change: { value: 1, error: 1 },
};

describe('a closed window in one line', () => {
  test.each([
    [
      'the worst verdict',
      { regimes: [regime('good', 'fine'), regime('bad', 'off'), regime('medium', 'so so')] },
      'bad (off)',
    ],
    ['any verdict before none', { regimes: [regime('null', 'few'), regime('good', 'fine')] }, 'good (fine)'],
    ['no verdict', { regimes: [regime('null', 'few events')] }, 'no verdict yet (few events)'],
    ['an alarm', { alarms: [alarm] }, 'good (fine), 1 check in alarm'],
    ['alarms', { alarms: [alarm, alarm] }, 'good (fine), 2 checks in alarm'],
    [
      'refits',
      {
        online: [
          { kind: 'kept', version: 'a'.repeat(64), effective: 8, reason: '' },
          { kind: 'fitted', version: 'b'.repeat(64), effective: 8, reason: '' },
        ],
      },
      'good (fine), fitted bbbbbbbbbbbb',
    ],
  ])('%s', (_, more, words) => {
    const line = liveLine(report(more));
    expect(line.replace(/window 7: 12.?345 events, /, '')).toBe(words);
    expect(line).not.toContain('\n');
  });
});

test('what the stream has left', () => {
  const summary: LiveSummary = {
    ...{ pipeline: 'p', pipelineHash: 'h', deadLetters: 3, windows: 4, veryLate: 5, models: 'm', join: null },
    events: { read: 100, used: 90, rejected: { a: 1, b: 2 }, late: 3, duplicate: 4 },
    ...{ stateHash: 'deed', chain: 'feed' },
  };
  expect(summaryLines(summary)).toBe(
    [
      'events: 100 read, 90 used, 3 rejected, 3 late, 4 duplicates',
      'windows: 4 closed, 5 events came after the close; dead letters: 3',
      'state deed',
      "windows' chain feed",
      '',
    ].join('\n'),
  );
});
