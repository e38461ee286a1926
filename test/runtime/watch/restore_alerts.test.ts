import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreAlerts } from '../../../runtime/watch/restore_alerts.js';
import { using } from '../../support/history_file.js';
import { scratch } from '../../support/scratch.js';
import { alertOf } from '../../support/windows.js';

test('alerts of before go on with their stream, and end with it', async () => {
  expect(await restoreAlerts(null, 'dilepton', 3, 9000)).toEqual([]);
  await using(join(scratch(), 'watch.duckdb'), async (history) => {
    const over = alertOf('b', { state: 'resolved', resolvedAt: 4000, activeAt: 500 });
    await history.putAlert(alertOf('a'));
    await history.putAlert(over);
    for (const next of [3, null])
      expect(await restoreAlerts(history, 'dilepton', next, 9000)).toEqual([alertOf('a'), over]);
    const ended = [alertOf('a', { state: 'resolved', resolvedAt: 9000 }), over];
    expect(await restoreAlerts(history, 'dilepton', 0, 9000)).toEqual(ended);
  });
});
