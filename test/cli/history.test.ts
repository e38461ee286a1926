import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Command } from 'commander';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addHistory } from '../../cli/history.js';
import type { Comparison } from '../../runtime/history/comparison.js';
import type { StoredWindow } from '../../schemas/page.js';
import { appendAll, using } from '../support/history_file.js';
import { problemOf } from '../support/problem_of.js';
import { scratch } from '../support/scratch.js';
import { alertOf, windowsAfter } from '../support/windows.js';

const folder = scratch();
const file = join(folder, 'watch.duckdb');
const other = join(folder, 'other.duckdb');

beforeAll(async () => {
  await using(file, async (history) => {
    await appendAll(
      history,
      windowsAfter(null, 0, 29, (index) => (index < 20 ? {} : { core: -0.012, verdict: 'bad' })),
    );
    await history.putAlert(alertOf('a'));
  });
  await using(other, (history) =>
    appendAll(
      history,
      windowsAfter(null, 0, 4, () => ({ core: 0.001, run: 'r2' })),
    ),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What `regimewatch history` prints. */
async function history(...args: string[]): Promise<string> {
  const program = new Command().exitOverride();
  addHistory(program);
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await program.parseAsync(['history', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return text;
}
const json = async (...args: string[]): Promise<unknown> => JSON.parse(await history(...args, '--format', 'json'));

test('list: epochs, gaps, alerts and the reference', async () => {
  expect(await history('list', file)).toMatch(/^dilepton: 1 alerts fired; reference: none set\n/);
  expect(await json('list', file)).toMatchObject([
    { pipeline: 'dilepton', alerts: 1, reference: null, epochs: [{ windows: 30, from: 0, to: 29, gaps: 0 }] },
  ]);
});

test('show: a window by its index, the last one, one of an epoch', async () => {
  expect(await history('show', file, '7')).toMatch(/window 17, index 7 of epoch 1, closed 2024-01-01T00:07:00Z/);
  expect(((await json('show', file, '1@29')) as StoredWindow).report.index).toBe(29);
  expect(((await json('show', file, 'last')) as StoredWindow).report.index).toBe(29);
  expect(await history('show', file, '25')).toMatch(/1 high H_T +1,000 +25\.00 % +−0\.0120 ± 0\.0009/);
});

test('alerts', async () => {
  expect(await history('alerts', file)).toMatch(/HighContextBias +firing/);
  expect(await history('alerts', other)).toBe('no alerts\n');
});

describe('compare', () => {
  test('two periods of a file, in words and as JSON', async () => {
    const text = await history('compare', file, '--a', '0:19', '--b', '-10:');
    expect(text).toMatch(
      /1 high H_T +core +raw +0\.00000 ± 0\.00021 +−0\.01200 ± 0\.00030 +−0\.0120 ± 0\.0004 +−32\.7/,
    );
    const compared = (await json('compare', file, '--a', '0:19', '--b', '-10:')) as Comparison;
    expect(compared).toMatchObject({ a: { from: 0, to: 19, windows: 20 }, b: { from: 20, to: 29, windows: 10 } });
  });

  test('two files', async () => {
    const compared = (await json('compare', file, other, '--a', ':19')) as Comparison;
    expect(compared).toMatchObject({ a: { file, windows: 20 }, b: { file: other, windows: 5 } });
  });

  test('with the reference, which is set in the file', async () => {
    expect((await problemOf(() => history('compare', file, '--b', '20:'))).message).toMatch(/no reference: give --a/);
    expect(await history('set-reference', file, '5:14')).toBe(
      'dilepton: the reference is windows 5 to 14 of epoch 1 (10 of them)\n',
    );
    expect(await json('compare', file, '--b', '20:')).toMatchObject({
      a: { from: 5, to: 14 },
      b: { from: 20, to: 29 },
    });
  });

  test.each([
    [['compare', 'FILE'], 2, /give --b FROM:TO/],
    [['compare', 'FILE', '--a', '0:3', '--b', 'x'], 2, /period x: expected FROM:TO by index/],
    [['compare', 'FILE', '--a', '5:3', '--b', ':'], 2, /ends at 3, before it begins/],
    [['compare', 'FILE', '--a', '100:120', '--b', ':'], 3, /no windows 1@100:120; there are 0:29/],
    [['compare', 'FILE', '--a', '9@0:3', '--b', ':'], 3, /no epoch 9; it has 1/],
    [
      ['compare', 'FILE', '--a', '0:3', '--b', ':', '--pipeline', 'ttbar'],
      3,
      /no windows of pipeline ttbar; it has dil/,
    ],
    [['show', 'FILE', 'x'], 2, /window x: expected its index/],
    [['show', 'FILE', '77'], 3, /no windows 1@77:77/],
    [['export', 'FILE'], 2, /give --out FOLDER/],
    [['list', 'none.duckdb'], 3, /history none\.duckdb: no such file/],
    [['compact', 'none.duckdb'], 3, /history none\.duckdb: no such file/],
    [['set-reference', 'FILE'], 2, /expected FILE FROM:TO, got/],
    [['drop', 'FILE'], 2, /history drop: expected list, show/],
    [['list', 'FILE', '--format', 'xml'], 2, /--format xml/],
  ])('%j is a mistake', async (args, code, words) => {
    const problem = await problemOf(() => history(...args.map((arg) => (arg === 'FILE' ? file : arg))));
    expect(problem.message).toMatch(words);
    expect(problem.exitCode).toBe(code);
  });
});

test('export: Parquet that DuckDB reads, the report whole', async () => {
  const out = join(folder, 'out');
  expect(await json('export', file, '--out', out)).toMatchObject([
    { rows: 30 },
    { rows: 60 },
    { rows: 1 },
    { rows: 1 },
    {},
  ]);
  expect(existsSync(join(out, 'windows.parquet.new'))).toBe(false);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(
    `SELECT "index"::INTEGER, corrected_core, json_extract_string(report, '$.regimes[1].verdict')
     FROM '${out}/regimes.parquet' JOIN '${out}/windows.parquet' USING (pipeline, epoch, "index")
     WHERE regime = 1 AND "index" IN (3, 25) ORDER BY 1`,
  );
  expect(found.getRowsJS()).toEqual([
    [3, 0, 'good'],
    [25, -0.012, 'bad'],
  ]);
  connection.disconnectSync();
  instance.closeSync();
});

test('compact: a smaller file with the same windows', async () => {
  const large = join(folder, 'large.duckdb');
  const stream = windowsAfter(null, 0, 199);
  await using(large, (one) => appendAll(one, stream));
  await using(large, (one) => one.append(windowsAfter(stream.at(-1)!, 200, 200)[0]!), { retentionWindows: 10 });
  expect(await history('compact', large)).toMatch(/large\.duckdb: \d+ bytes, now \d+\n$/);
  const kept = await using(large, (one) => one.windows('dilepton', 0, Infinity, Infinity));
  expect(kept.map(({ report }) => report.index)).toEqual([191, 192, 193, 194, 195, 196, 197, 198, 199, 200]);
  expect(statSync(large).size).toBeGreaterThan(0);
});
