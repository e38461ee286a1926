import { spawn } from 'node:child_process';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { openHistory, type History } from '../../../sinks/history/open_history.js';
import type { StoredWindow } from '../../../schemas/page.js';
import { appendAll, using } from '../../support/history_file.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';
import { alertOf, windowsAfter } from '../../support/windows.js';

const folder = scratch();
let made = 0;
const fresh = (): string => join(folder, `${++made}.duckdb`);

const all = (history: History, pipeline = 'dilepton'): Promise<StoredWindow[]> =>
  history.windows(pipeline, 0, Infinity, Infinity);
const chains = (windows: readonly StoredWindow[]): string[] => windows.map(({ report }) => report.chain);

describe('windows', () => {
  const stream = windowsAfter(null, 0, 19);

  test('come back as they were, also after the file was closed', async () => {
    const file = fresh();
    await using(file, async (history) => {
      await appendAll(history, stream);
      expect(await all(history)).toEqual(stream);
    });
    await using(file, async (history) => {
      expect(await all(history)).toEqual(stream);
      expect(await history.windows('dilepton', 5, 15, 3)).toEqual(stream.slice(13, 16));
      expect(await history.windows('dilepton', 100, 200, 3)).toEqual([]);
      expect(await history.windows('other', 0, 200, 3)).toEqual([]);
    });
  });

  test('are kept once, whoever appends them again', async () => {
    await using(fresh(), async (history) => {
      await Promise.all([...stream, ...stream].map((window) => history.append(window)));
      await appendAll(
        history,
        stream.slice(10).map((window) => ({ ...window, run: 'r2', at: window.at + 5 })),
      );
      expect(await all(history)).toEqual(stream);
      expect(await history.epochs('dilepton')).toMatchObject([{ epoch: 1, windows: 20, gaps: 0, current: true }]);
    });
  });

  test('of another stream begin an epoch of their own', async () => {
    const other = windowsAfter(null, 0, 4, () => ({ core: 0.01, run: 'r2' }));
    await using(fresh(), async (history) => {
      await appendAll(history, stream);
      await appendAll(history, other);
      expect(await all(history)).toEqual(other);
      expect(await history.windowsOf('dilepton', 1, 0, Infinity)).toEqual(stream);
      const epochs = await history.epochs('dilepton');
      expect(epochs.map(({ epoch, windows, parent, current }) => [epoch, windows, parent, current])).toEqual([
        [1, 20, null, false],
        [2, 5, null, true],
      ]);
      // The first stream again: it is the one that is read.
      await history.append(stream[0]!);
      expect(await all(history)).toEqual(stream);
    });
  });

  test('that branch off share those before', async () => {
    const branch = windowsAfter(stream[9]!, 10, 12, () => ({ core: 0.01 }));
    await using(fresh(), async (history) => {
      await appendAll(history, stream);
      await appendAll(history, branch);
      expect(chains(await all(history))).toEqual(chains([...stream.slice(0, 10), ...branch]));
      expect(await history.epochs('dilepton')).toMatchObject([
        { epoch: 1 },
        { epoch: 2, parent: 1, first: 10, gaps: 0 },
      ]);
      await history.append(windowsAfter(stream.at(-1)!, 20, 20)[0]!);
      expect(await all(history)).toHaveLength(21);
    });
  });

  test('that do not follow the last one begin an epoch, though their index is the next', async () => {
    const other = windowsAfter(null, 0, 21, () => ({ core: 0.01 }));
    await using(fresh(), async (history) => {
      await appendAll(history, stream);
      await appendAll(history, other.slice(20));
      expect(await all(history)).toEqual(other.slice(20));
    });
  });

  test('after a gap go on where pipeline and models are the same, and the gap is told', async () => {
    const long = windowsAfter(null, 0, 30);
    const refitted = windowsAfter(null, 0, 40, () => ({ models: 'n'.repeat(64) }));
    await using(fresh(), async (history) => {
      await appendAll(history, [...long.slice(0, 10), ...long.slice(15, 20)]);
      expect(await history.epochs('dilepton')).toMatchObject([{ windows: 15, from: 0, to: 19, gaps: 1 }]);
      await appendAll(history, refitted.slice(35, 36));
      expect(await history.epochs('dilepton')).toMatchObject([{ windows: 15 }, { windows: 1 }]);
    });
  });

  test('of two pipelines, or of one that was changed, are apart', async () => {
    const other = windowsAfter(null, 0, 3, () => ({ pipeline: 'ttbar' }));
    const changed = windowsAfter(stream.at(-1)!, 20, 22, () => ({ pipelineHash: 'b'.repeat(64) }));
    const file = fresh();
    await using(file, async (history) => {
      await appendAll(history, [...other, ...stream, ...changed]);
      expect(await history.pipelines()).toEqual(['dilepton', 'ttbar']);
      expect(await all(history, 'ttbar')).toEqual(other);
      expect(await all(history)).toEqual(changed);
    });
    await using(
      file,
      async (history) => {
        expect(await all(history)).toEqual(stream);
      },
      { pipelineHash: 'a'.repeat(64) },
    );
  });
});

describe('retention', () => {
  test('keeps the newest and those of the reference', async () => {
    const stream = windowsAfter(null, 0, 120);
    await using(
      fresh(),
      async (history) => {
        await appendAll(history, stream.slice(0, 20));
        await history.setReference('dilepton', { epoch: 1, from: 5, to: 9 });
        await appendAll(history, stream.slice(20));
        const kept = (await all(history)).map(({ report }) => report.index);
        expect(kept.slice(0, 5)).toEqual([5, 6, 7, 8, 9]);
        expect(kept.slice(-40)).toEqual([...Array(40).keys()].map((i) => i + 81));
        expect(kept.length).toBeLessThan(5 + 40 + 3);
        expect(await history.reference('dilepton')).toEqual({ epoch: 1, from: 5, to: 9 });
      },
      { retentionWindows: 40 },
    );
  });

  test('leaves no epoch without windows, and a file that does not grow', async () => {
    const file = fresh();
    const sizes: number[] = [];
    for (let round = 0; round < 4; round++) {
      const stream = windowsAfter(null, 0, 59, () => ({ core: round / 1000 }));
      await using(file, (history) => appendAll(history, stream), { retentionWindows: 15 });
      sizes.push(statSync(file).size);
    }
    await using(file, async (history) => {
      expect(await history.epochs('dilepton')).toHaveLength(1);
    });
    expect(Math.max(...sizes.slice(1))).toBeLessThanOrEqual(2 * sizes[0]!);
  });
});

test('an alert takes the place of that with its id; newest first', async () => {
  const file = fresh();
  await using(file, async (history) => {
    await history.putAlert(alertOf('a'));
    await history.putAlert(alertOf('b', { activeAt: 5000 }));
    await history.putAlert(alertOf('c', { labels: { pipeline: 'ttbar' } }));
    await history.putAlert(alertOf('a', { state: 'resolved', resolvedAt: 9000, resolvedWindow: 7, limit: null }));
  });
  await using(
    file,
    async (history) => {
      const alerts = await history.alerts('dilepton', 10);
      expect(alerts.map(({ id, state, resolvedAt, limit }) => [id, state, resolvedAt, limit])).toEqual([
        ['b', 'firing', null, 0.005],
        ['a', 'resolved', 9000, null],
      ]);
      expect(await history.alerts('dilepton', 1)).toEqual([alertOf('b', { activeAt: 5000 })]);
    },
    { access: 'read' },
  );
});

describe('a file that is not to be used', () => {
  const stream = windowsAfter(null, 0, 60);

  test.each([
    ['text', 'no database at all', /damaged, left as it is/],
    ['nothing', '', /damaged, left as it is/],
  ])('%s is refused and left as it is', async (_, content, words) => {
    const file = fresh();
    writeFileSync(file, content);
    const problem = await problemOf(() => openHistory(file));
    expect(problem.message).toMatch(words);
    expect(problem.exitCode).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  test.each([0.4, 0.7, 0.9])('one that was cut to %d of it is refused at once, and left as it is', async (part) => {
    const file = fresh();
    await using(file, (history) => appendAll(history, stream));
    truncateSync(file, Math.floor(part * statSync(file).size));
    const before = readFileSync(file);
    expect((await problemOf(() => openHistory(file))).message).toMatch(/damaged, left as it is/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a bit that fell over is told where it is read', async () => {
    const file = fresh();
    await using(file, (history) => appendAll(history, stream));
    const bytes = readFileSync(file);
    // Past the three headers every block has a checksum.
    for (let at = 3 * 4096 + 100; at < bytes.length; at += 50_000) bytes[at]! ^= 0x55;
    writeFileSync(file, bytes);
    const problem = await problemOf(() => using(file, (history) => all(history)));
    expect(problem.message).toMatch(/damaged, left as it is/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('a database of others, a folder, a missing one', async () => {
    const file = fresh();
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run('CREATE TABLE mine (a INTEGER)');
    connection.disconnectSync();
    instance.closeSync();
    expect((await problemOf(() => openHistory(file))).message).toMatch(/a database of others/);
    expect((await problemOf(() => openHistory(folder))).message).toMatch(/is a folder/);
    expect((await problemOf(() => openHistory(join(folder, 'none'), { access: 'read' }))).message).toMatch(
      /no such file/,
    );
    expect((await problemOf(() => openHistory(join(folder, 'no', 'folder')))).message).toMatch(
      /no such file or folder/,
    );
    expect((await problemOf(() => openHistory(fresh(), { retentionWindows: 0 }))).exitCode).toBe(2);
  });

  test('one of a later format is refused', async () => {
    const file = fresh();
    await using(file, (history) => history.use((connection) => connection.run(`UPDATE about SET "value" = '99'`)));
    expect((await problemOf(() => openHistory(file))).message).toMatch(/of format 99, this version reads 1/);
  });

  test('one that this process has open is refused', async () => {
    const file = fresh();
    await using(file, async () => {
      expect((await problemOf(() => openHistory(file))).message).toMatch(/in use by this process/);
      await using(file, all, { access: 'read' });
    });
    await using(file, (history) => all(history));
  });
});

describe('another process', () => {
  const stream = windowsAfter(null, 0, 399);
  const lines = join(folder, 'windows.jsonl');
  writeFileSync(lines, stream.map((window) => `${JSON.stringify(window)}\n`).join(''));

  /** It says the index of each window once that is durable. */
  function start(file: string, checkpointEvery = Infinity) {
    const child = spawn(process.execPath, ['test/support/history_writer.js', file, lines, String(checkpointEvery)]);
    const ended = new Promise((resolve) => child.once('close', resolve));
    return { child, ended, said: createInterface(child.stdout)[Symbol.asyncIterator]() };
  }

  test('that has the file open is named, and this one refused', async () => {
    const file = fresh();
    const { child, ended, said } = start(file);
    await said.next();
    const { message } = await problemOf(() => openHistory(file));
    expect(message).toBe(`history ${file}: in use by process ${child.pid!}: stop it first, or give another file`);
    child.kill('SIGKILL');
    await ended;
  });

  test('that has the file open and writes: what it had at an instant can be read', async () => {
    const file = fresh();
    const { child, ended, said } = start(file, 3);
    let durable = -1;
    for (let i = 0; i < 12; i++) {
      for (let k = 0; k < 4; k++) durable = Number((await said.next()).value);
      const windows = await using(file, all, { access: 'read' });
      expect(windows.length).toBeGreaterThan(durable);
      expect(windows).toEqual(stream.slice(0, windows.length));
    }
    child.kill('SIGKILL');
    await ended;
    expect((await using(file, all)).length).toBeGreaterThan(durable);
  });

  test('that is killed while it appends leaves whole windows: all that were durable, none twice', async () => {
    const file = fresh();
    for (const kill of [5, 20, 32, 57]) {
      const { child, ended, said } = start(file);
      let durable = -1;
      while (durable < kill) durable = Number((await said.next()).value);
      child.kill('SIGKILL');
      await ended;
      await using(file, async (history) => {
        const windows = await all(history);
        expect(windows.length).toBeGreaterThan(durable);
        expect(windows).toEqual(stream.slice(0, windows.length));
        expect(await history.epochs('dilepton')).toMatchObject([{ windows: windows.length, gaps: 0 }]);
        const regimes = await history.use((c) => c.runAndReadAll('SELECT count(*)::INTEGER FROM regimes'));
        expect(regimes.getRows()).toEqual([[2 * windows.length]]);
      });
    }
  });
});
