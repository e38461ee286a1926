import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendAll, using } from '../../support/history_file.js';
import { scratch } from '../../support/scratch.js';
import { windowsAfter } from '../../support/windows.js';

const folder = scratch();
let made = 0;
const fresh = (): string => join(folder, `${++made}.duckdb`);

const stream = windowsAfter(null, 0, 19);
const other = windowsAfter(null, 0, 4, () => ({ core: 0.01, run: 'r2' }));
const chainOf = (index: number): string => stream[index]!.report.chain;

test('none is null; one that was set comes with its windows, wherever the stream has gone since', async () => {
  await using(fresh(), async (history) => {
    expect(await history.referenceWindows('dilepton', 60)).toBeNull();
    await appendAll(history, stream);
    await history.setReference('dilepton', { epoch: 1, from: 3, to: 12 });
    const words = 'windows 13 to 22 of epoch 1, closed 2024-01-01 00:03 to 00:12 UTC';
    expect(await history.referenceWindows('dilepton', 60)).toEqual({ words, windows: stream.slice(3, 13) });
    await appendAll(history, other);
    expect(await history.referenceWindows('dilepton', 60)).toEqual({ words, windows: stream.slice(3, 13) });
    expect(await history.referenceWindows('ttbar', 60)).toBeNull();
  });
});

test('of a long one there are the last windows, and it says so', async () => {
  await using(fresh(), async (history) => {
    await appendAll(history, stream);
    await history.setReference('dilepton', { epoch: 1, from: 3, to: 12 });
    const { words, windows } = (await history.referenceWindows('dilepton', 4))!;
    expect(windows).toEqual(stream.slice(9, 13));
    expect(words).toBe('windows 19 to 22 of epoch 1, closed 2024-01-01 00:09 to 00:12 UTC, 4 of 10');
  });
});

test('of another content of the pipeline, or gone: no windows, and why', async () => {
  const file = fresh();
  await using(file, async (history) => {
    await appendAll(history, stream);
    await history.setReference('dilepton', { epoch: 1, from: 3, to: 12 });
  });
  const of = (pipelineHash: string) => using(file, (h) => h.referenceWindows('dilepton', 60), { pipelineHash });
  expect((await of('a'.repeat(64)))!.windows).toHaveLength(10);
  expect(await of('b'.repeat(64))).toEqual({
    words: 'windows with index 3 to 12 of epoch 1, of another content of the pipeline: bins and regimes may differ',
    windows: [],
  });
  await using(file, async (history) => {
    await history.setReference('dilepton', { epoch: 7, from: 3, to: 12 });
    expect(await history.referenceWindows('dilepton', 60)).toEqual({
      words: 'windows with index 3 to 12 of epoch 7, which the history no longer has',
      windows: [],
    });
  });
});

test('is set to windows of the stream that is read, by the chain of the last one, and outlives the process', async () => {
  const file = fresh();
  await using(file, async (history) => {
    expect(await history.setReferenceWindows('dilepton', { from: 0, to: 4, chain: chainOf(4) })).toBe(false);
    await appendAll(history, stream);
    expect(await history.setReferenceWindows('dilepton', { from: 2, to: 4, chain: chainOf(4) })).toBe(true);
    for (const wrong of [
      { from: 5, to: 8, chain: chainOf(4) },
      { from: 8, to: 5, chain: chainOf(5) },
      { from: 5, to: 99, chain: chainOf(8) },
    ])
      expect(await history.setReferenceWindows('dilepton', wrong)).toBe(false);
    expect(await history.reference('dilepton')).toEqual({ epoch: 1, from: 2, to: 4 });
  });
  await using(file, async (history) => {
    expect((await history.referenceWindows('dilepton', 60))!.windows).toEqual(stream.slice(2, 5));
    await appendAll(history, other);
    // The stream that is read is another one now.
    expect(await history.setReferenceWindows('dilepton', { from: 5, to: 8, chain: chainOf(8) })).toBe(false);
    expect(await history.setReferenceWindows('dilepton', { from: 1, to: 3, chain: other[3]!.report.chain })).toBe(true);
    expect(await history.reference('dilepton')).toEqual({ epoch: 2, from: 1, to: 3 });
  });
});
