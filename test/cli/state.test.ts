import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addState } from '../../cli/state.js';
import { contentHash } from '../../operators/summaries/codec.js';
import { fileCheckpoints } from '../../runtime/live/checkpoint_files.js';
import type { Checkpoint } from '../../runtime/live/types.js';
import { checkpointOf } from '../support/checkpoints.js';
import { problemOf } from '../support/problem_of.js';
import { scratch } from '../support/scratch.js';

const base = scratch();
let made = 0;

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What `regimewatch state` prints, and the exit code that it sets itself. */
async function state(...args: string[]): Promise<{ text: string; code: typeof process.exitCode }> {
  const program = new Command().exitOverride();
  addState(program);
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await program.parseAsync(['node', 'regimewatch', 'state', ...args]);
  } finally {
    vi.restoreAllMocks();
  }
  return { text, code: process.exitCode };
}

const counted = (partition: number, other: Partial<Checkpoint> = {}): Checkpoint =>
  checkpointOf({ partition, state: { counts: { read: 70, used: 69 }, n: new Float64Array([1, 2, 3]) }, ...other });

/** A folder with checkpoints of partitions 0 and 10, two each. */
async function folder(change: Partial<Checkpoint> = {}): Promise<string> {
  const path = join(base, String(++made));
  const store = fileCheckpoints(path, { onNotice: () => undefined });
  for (const partition of [10, 0]) {
    await store.claim('events', partition);
    await store.save(counted(partition));
    await store.save(counted(partition, { sequence: 1, ...(partition === 10 ? change : {}) }));
  }
  return path;
}

describe('regimewatch state', () => {
  it('shows the newest of each partition', async () => {
    const { text } = await state('show', await folder());
    const hash = contentHash(counted(0).state).slice(0, 16);
    const [head, ...rows] = text.trimEnd().split('\n');
    expect(head).toMatch(/^partition +epoch +sequence +next offset +events +bytes +hash of the state$/);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(new RegExp(`^events/0 +1 +1 +1000 +70 +\\d+  ${hash}$`));
    expect(rows[1]).toMatch(new RegExp(`^events/10 +1 +1 +1000 +70 +\\d+  ${hash}$`));
  });

  it('prints JSON', async () => {
    const path = await folder({ state: [] });
    const { text } = await state('show', path, '--format', 'json');
    const rows = JSON.parse(text) as Record<string, unknown>[];
    const newest = join(path, 'events-0.e1.checkpoint');
    const { pipelineHash, state: content } = counted(0);
    expect(rows[0]).toEqual({
      ...{
        topic: 'events',
        partition: 0,
        where: newest,
        bytes: readFileSync(newest).length,
        damage: null,
        pipelineHash,
      },
      ...{ epoch: 1, sequence: 1, next: 1000, from: 1000, events: 70, stateHash: contentHash(content) },
    });
    // A state that does not count its events.
    expect(rows[1]!['events']).toBeNull();
  });

  it('verifies every file, the ones before the newest too, and ends with 3 on damage', async () => {
    const path = await folder();
    expect((await state('verify', path)).text.split('\n')).toHaveLength(6);
    const older = join(path, 'events-10.e1.checkpoint.1');
    truncateSync(older, 50);
    const problem = await problemOf(() => state('verify', path));
    expect(problem.exitCode).toBe(3);
    expect(problem.message).toMatch(
      /^checkpoints .*: 1 of 4 cannot be used; checkpoint .*10\.e1\.checkpoint\.1: has 50 bytes/,
    );
    await state('show', path);
  });

  it('says that two stores are the same, whoever wrote them', async () => {
    const [a, b] = [await folder(), await folder()];
    const again = fileCheckpoints(b, { onNotice: () => undefined });
    const { epoch } = await again.claim('events', 0);
    await again.save(counted(0, { epoch, sequence: 7 }));
    const { text, code } = await state('compare', a, b);
    expect(text).toBe(`same: 2 partitions of ${a} and ${b} have the same bits (epoch and sequence left out)\n`);
    expect(code).toBeUndefined();
  });

  it('says where two stores first differ, and ends with 1', async () => {
    const a = await folder();
    const b = await folder({ state: { counts: { read: 70, used: 69 }, n: new Float64Array([1, 2, 4]) } });
    expect(await state('compare', a, b)).toEqual({
      text: `different: 1 of 2 partitions\n  events/10: state.n[2] is 3 in ${a}, 4 in ${b}\n`,
      code: 1,
    });
    const { text } = await state('compare', b, a, '--format', 'json');
    expect(JSON.parse(text)).toEqual({
      same: false,
      partitions: 2,
      differences: [{ partition: 'events/10', first: { path: 'state.n[2]', a: '4', b: '3' } }],
    });
    const less = await folder();
    for (const name of ['events-0.e1.checkpoint', 'events-0.e1.checkpoint.1']) writeFileSync(join(less, name), '');
    expect((await problemOf(() => state('compare', a, less))).exitCode).toBe(3);
  });

  it('refuses wrong usage and empty stores in one line', async () => {
    const path = await folder();
    const empty = join(base, 'empty');
    mkdirSync(empty);
    writeFileSync(join(empty, 'events-0.e1.claim'), '');
    for (const [args, code, words] of [
      [['list', path], 2, /^state list: expected show, verify or compare$/],
      [['show'], 2, /^state show: expected a folder or topic:NAME, got 0$/],
      [['compare', path], 2, /^state compare: expected two folders or topic:NAME, got 1$/],
      [['show', path, '--format', 'xml'], 2, /^--format xml: /],
      [['show', join(base, 'missing')], 3, /^checkpoints .*missing: cannot be read: ENOENT/],
      [
        ['show', empty],
        3,
        /^checkpoints .*empty: there are none; give the folder of live --state, or its checkpoint topic$/,
      ],
    ] as const) {
      const problem = await problemOf(() => state(...args));
      expect(problem.message).toMatch(words);
      expect(problem.exitCode).toBe(code);
    }
  });
});
