import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

const pathOf = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../support/slow_probes.js', import.meta.url));
const ARGUMENTS = ['dist', 'test/fixtures/pipelines/base.yaml', 'test/fixtures/models/slow.card.yaml'].map(pathOf);

type Child = ChildProcessByStdio<Writable, Readable, null>;
const children: Child[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Told {
  readonly read?: number;
  readonly closed?: boolean;
  readonly right?: number;
  readonly skipped?: number;
  readonly notice?: string;
}

/** The program, and what it says next. */
function start(): { child: Child; next: () => Promise<Told> } {
  const child = spawn(process.execPath, [PROGRAM, ...ARGUMENTS], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, next: async () => JSON.parse(String((await lines.next()).value)) as Told };
}

/** What /proc says of a process: state, parent, ticks of the processor so far and how nice it is; null: there is none. */
function statOf(pid: number | string): { state: string; parent: number; ticks: number; nice: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return { state: fields[0]!, parent: Number(fields[1]), ticks: Number(fields[11]), nice: Number(fields[16]) };
  } catch {
    return null;
  }
}

const modelsOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(name)?.parent === parent)
    .map(Number);

/** Waits until `is` is true, as long as the test may take. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await pause(20);
}

/** The model's process, once it is in a call. */
async function busyModel(child: Child): Promise<number> {
  let pid = 0;
  await until(() => {
    [pid = 0] = modelsOf(child.pid!);
    // A second of work: it has been opened, and what it does is the batch.
    return (statOf(pid)?.ticks ?? 0) > 100;
  });
  return pid;
}

describe.runIf(process.platform === 'linux')('a model that takes minutes for a batch', () => {
  test('does not stop the loop; what there is no room for is skipped, and closing waits for no batch', async () => {
    const { child, next } = start();
    // At most 4096 may wait: of these batches of 500, eight.
    expect(await next()).toMatchObject({ read: 10_000, right: 0, skipped: 6000 });
    const model = await busyModel(child);
    // The stream goes first.
    expect(statOf(model)!.nice).toBe(Math.max(10, statOf(child.pid!)!.nice));
    child.stdin.write('close\n');
    expect(await next()).toMatchObject({ closed: true, right: 0, skipped: 10_000 });
    expect(statOf(model)).toBeNull();
    expect(modelsOf(child.pid!)).toEqual([]);
    child.stdin.end();
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  }, 60_000);

  test('can be closed while it is opened', async () => {
    const { child, next } = start();
    child.stdin.write('close\n');
    await next();
    expect(await next()).toMatchObject({ closed: true, right: 0, skipped: 10_000 });
    expect(modelsOf(child.pid!)).toEqual([]);
  }, 60_000);

  test('goes when its parent was killed', async () => {
    const { child, next } = start();
    await next();
    const model = await busyModel(child);
    child.kill('SIGKILL');
    await until(() => {
      const stat = statOf(model);
      return stat === null || stat.state === 'Z';
    });
  }, 60_000);
});
