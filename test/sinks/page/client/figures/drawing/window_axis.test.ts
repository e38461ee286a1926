import { expect, it } from 'vitest';
import { windowAxis } from '../../../../../../sinks/page/client/figures/drawing/window_axis.js';
import { windowReports } from '../../../../../support/window_reports.js';

const reports = windowReports({ windows: 30, eventsPerWindow: 20, response: false });

it('labels windows at their index with round numbers of theirs', () => {
  const { ticks, domain } = windowAxis(reports, [-0.5, 29.5], 200);
  expect(domain).toEqual([-0.5, 29.5]);
  expect(ticks).toEqual([
    { at: 0, label: '100' },
    { at: 10, label: '110' },
    { at: 20, label: '120' },
  ]);
});

it('labels a single window, and no window that is not there', () => {
  expect(windowAxis(reports.slice(3, 4), [2.5, 3.5], 200).ticks).toEqual([{ at: 3, label: '103' }]);
  const gap = reports.filter(({ window }) => window !== 110);
  expect(windowAxis(gap, [-0.5, 29.5], 200).ticks!.map(({ label }) => label)).toEqual(['100', '120']);
});
