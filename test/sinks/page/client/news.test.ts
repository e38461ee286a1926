import { expect, test } from 'vitest';
import { newsOf } from '../../../../sinks/page/client/news.js';
import { emptyState, withAlerts, withReference, withStatus } from '../../../../sinks/page/client/store.js';
import { pageAlert, pageDescription, pageStatus } from '../../../support/window_reports.js';

const empty = emptyState(pageDescription({ windows: 30 }), pageStatus({ verdict: 'null' }), []);

test('news: a new verdict, alerts that fire or end, each once, and none that another explains', () => {
  const bad = withStatus(empty, pageStatus({ verdict: 'bad', why: 'high H_T' }));
  expect(newsOf(empty, bad)).toEqual([{ urgent: false, text: 'Verdict bad: high H_T' }]);
  expect(newsOf(bad, bad)).toEqual([]);
  const firing = withAlerts(bad, [
    pageAlert(5),
    pageAlert(6, null, { severity: 'ticket' }),
    pageAlert(7, null, { inhibitedBy: 'x' }),
  ]);
  expect(newsOf(bad, firing).map(({ urgent, text }) => [urgent, text.slice(0, 22)])).toEqual([
    [true, 'Alert HighContextBias:'],
    [false, 'Alert HighContextBias:'],
  ]);
  const over = withAlerts(firing, [pageAlert(5, 9, { id: 'HighContextBias-5' })]);
  expect(newsOf(firing, over).map(({ text }) => text.slice(0, 9))).toEqual(['Resolved ']);
  expect(newsOf(bad, over)).toEqual([]);
});

test('news: another reference, not the first answer to what it is', () => {
  const none = withReference(empty, { reference: null, settable: true });
  const words = 'windows 3 to 12 of epoch 2';
  const set = withReference(none, { reference: { words, windows: [] }, settable: true });
  expect(newsOf(empty, set)).toEqual([]);
  expect(newsOf(none, set)).toEqual([{ urgent: false, text: `The reference is now ${words}` }]);
  expect(newsOf(set, set)).toEqual([]);
});
