import { expect, it } from 'vitest';
import {
  happeningRows,
  happenings,
  happeningWords,
} from '../../../../../../sinks/page/client/figures/drawing/happenings.js';
import { viewOf } from '../page_figures.js';

const view = viewOf();
const reports = view.windows.map(({ report }) => report);

it('finds alerts, refits and changes of models, one of each kind a window', () => {
  const found = happenings(view, reports);
  expect(found.accepted).toEqual([{ x: 19, n: 1, words: 'gain 0.012 ± 0.001' }]);
  expect(found.refused).toEqual([{ x: 16, n: 1, words: 'too small a gain' }]);
  expect([found.fired.length, found.resolved.length, found.models.length]).toEqual([1, 1, 0]);
  expect(happeningWords(found)).toBe('1 alert fired, 1 alert resolved, 1 correction accepted, 1 refit refused');
  const changed = reports.map((report) => (report.index < 10 ? report : { ...report, models: 'ffffffffffffffff' }));
  expect(happenings(view, changed).models).toEqual([{ x: 10, n: 1, words: 'models 0f1e2d3c4b5a → ffffffffffff' }]);
  const online = ['too small a gain', 'a fold got worse', 'a fold got worse'].map((reason) => ({
    ...{ kind: 'kept', version: null, effective: 0, reason },
  }));
  const twice = reports.map((report) => (report.index === 3 ? { ...report, online } : report));
  expect(happenings(view, twice).refused[0]).toEqual({ x: 3, n: 3, words: 'too small a gain; a fold got worse' });
});

it('counts alerts, not the windows in which they ended', () => {
  const both = [view.alerts[0]!, { ...view.alerts[0]!, id: 'other', summary: 'another' }];
  const found = happenings({ ...view, alerts: both }, reports);
  expect(found.resolved).toHaveLength(1);
  expect(happeningWords(found)).toContain('2 alerts fired, 2 alerts resolved');
});

it('does not take a gap between windows for a change of models', () => {
  const [first, , third] = reports;
  expect(happenings(view, [first!, { ...third!, models: 'ffffffffffffffff' }]).models).toEqual([]);
});

it('has a row for each in the table', () => {
  const rows = happeningRows(happenings(view, reports), reports);
  expect(rows).toContainEqual({
    ...{ window: 116, quantity: 'refit refused', series: 'too small a gain', value: null, error: null, events: null },
  });
  expect(rows).toHaveLength(4);
});

it('says when nothing happened', () => {
  expect(happeningWords(happenings({ ...view, alerts: [] }, reports.slice(0, 3)))).toBe('nothing happened');
});
