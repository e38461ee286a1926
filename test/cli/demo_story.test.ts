import { expect, test } from 'vitest';
import { demoStory } from '../../cli/demo_story.js';
import type { PageAlert } from '../../schemas/page.js';
import { windowReports } from '../support/window_reports.js';

const alert = (more: Partial<PageAlert>): PageAlert => ({
  ...{ id: 'a', name: 'HighBias', severity: 'page', state: 'firing', labels: { regime: '2' } },
  ...{ activeAt: 0, firedAt: 0, resolvedAt: null, firedWindow: 12, resolvedWindow: null },
  ...{ summary: 's', description: 'd', value: -0.01, limit: 0.005, runbook: 'docs/runbooks/HighBias.md' },
  ...{ inhibitedBy: null, acknowledged: null },
  ...more,
});

test('a stream that stays good: nothing of the story happened', () => {
  const lines: string[] = [];
  const story = demoStory('high H_T', (line) => lines.push(line));
  for (const report of windowReports({ windows: 12 })) story.onWindow(report);
  expect(story.missing()).toEqual([
    'no alert in a regime of high H_T',
    'no correction was learned after it',
    'no such correction was accepted',
    'the alert has not ended',
  ]);
  expect(lines.some((line) => line.startsWith('BAD'))).toBe(false);
  expect(story.takenBack()).toEqual([]);
});

test('an alert, a refit, its verdict and the end of the alert, each with its numbers; an alert that comes back is told', () => {
  const lines: string[] = [];
  const story = demoStory('high H_T', (line) => lines.push(line));
  const reports = windowReports({ windows: 20, driftFrom: 10, correctedFrom: 16 });
  const refit = { version: 'c', effective: 16, reason: 'why' };
  reports.forEach((report, i) => {
    const online =
      i === 15 ? [{ kind: 'fitted', ...refit }] : i === 17 ? [{ kind: 'accepted', ...refit }] : report.online;
    story.onWindow({ ...report, online, correction: i >= 16 ? 'c' : null });
    if (i === 12) story.onAlerts([alert({})]);
    if (i === 18) story.onAlerts([alert({ state: 'resolved', resolvedAt: 1, resolvedWindow: 18 })]);
  });
  expect(story.missing()).toEqual([]);
  const told = lines.filter(
    (line) => !line.includes('regimes are learned') && !line.includes('the checks have learned'),
  );
  expect(told).toEqual([
    expect.stringMatching(
      /^BAD: mean response in high H_T, close is −.* ± .* %, as delivered .*, \d+ σ, since window 12: /,
    ),
    'a correction is learned, in effect and on trial from window 116: why',
    'the correction is accepted: why',
    expect.stringMatching(/^good: mean response in high H_T, close is .* has ended at window 18$/),
  ]);
  expect(story.takenBack()).toEqual([
    expect.stringMatching(/^in high H_T, close, 4 windows with the correction: raw −/),
  ]);
  story.onAlerts([alert({ id: 'b', firedWindow: 19 })]);
  expect(story.missing()).toEqual(['it fired again']);
});
