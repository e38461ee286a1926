import { join } from 'node:path';
import { expect, test } from 'vitest';
import { feedReference } from '../../../runtime/watch/feed_reference.js';
import { appendAll, using } from '../../support/history_file.js';
import { scratch } from '../../support/scratch.js';
import { windowsAfter } from '../../support/windows.js';

const stream = windowsAfter(null, 0, 79);

test('without a history there is none, and none can be set', async () => {
  const { reference, setReference } = feedReference(null, 'dilepton', () => undefined);
  expect(await reference()).toBeNull();
  expect(setReference).toBeNull();
});

test('what is set is told, once, and comes back with its last sixty windows', async () => {
  await using(join(scratch(), 'watch.duckdb'), async (history) => {
    let told = 0;
    const { reference, setReference } = feedReference(history, 'dilepton', () => (told += 1));
    await appendAll(history, stream);
    expect(await setReference!({ from: 0, to: 3, chain: 'other' })).toBe(false);
    expect([told, await reference()]).toEqual([0, null]);
    expect(await setReference!({ from: 10, to: 79, chain: stream[79]!.report.chain })).toBe(true);
    expect(told).toBe(1);
    const { words, windows } = (await reference())!;
    expect(windows).toEqual(stream.slice(20));
    expect(words).toMatch(/^windows 30 to 89 of epoch 1, closed .*, 60 of 70$/);
  });
});
