import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../../../runtime/live/checkpoint.js';
import { fileCheckpoints } from '../../../runtime/live/checkpoint_files.js';
import { Fenced } from '../../../runtime/live/fenced.js';
import { checkpointOf, stampedState } from '../../support/checkpoints.js';
import { smallDisk } from '../../support/full_disk.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const base = scratch();
let made = 0;

function store(folder = join(base, String(++made))) {
  const notices: string[] = [];
  const files = fileCheckpoints(folder, { onNotice: (line) => notices.push(line) });
  const names = (): string[] => readdirSync(folder).sort();
  return { folder, notices, names, ...files };
}

const at = (epoch: number, sequence: number) => checkpointOf({ epoch, sequence, next: 1000 * sequence, from: 0 });

describe('checkpoints as files', () => {
  it('gives the first claim epoch 1 and no checkpoint, the next one all that was saved', async () => {
    const one = store();
    expect(await one.claim('events', 0)).toEqual({ epoch: 1, checkpoint: null });
    for (const sequence of [0, 1, 2]) await one.save(at(1, sequence));
    expect(one.names()).toEqual(['events-0.e1.checkpoint', 'events-0.e1.checkpoint.1', 'events-0.e1.claim']);
    expect(await store(one.folder).claim('events', 0)).toEqual({ epoch: 2, checkpoint: at(1, 2) });
    expect(await one.claim('events', 10)).toEqual({ epoch: 1, checkpoint: null });
    expect(one.notices).toEqual([]);
  });

  it('takes the state before its first await', async () => {
    const one = store();
    await one.claim('events', 0);
    const state = { n: new Float64Array([1]) };
    const saved = one.save(checkpointOf({ state }));
    state.n[0] = 2;
    await saved;
    expect((await one.list('events'))[0]!.state).toEqual({ n: new Float64Array([1]) });
  });

  it('keeps the last checkpoint of an epoch until the next one has two', async () => {
    const one = store();
    await one.claim('events', 0);
    await one.save(at(1, 0));
    await one.claim('events', 0);
    await one.save(at(2, 0));
    expect(one.names()).toEqual(['events-0.e1.checkpoint', 'events-0.e2.checkpoint', 'events-0.e2.claim']);
    await one.save(at(2, 1));
    expect(one.names()).toEqual(['events-0.e2.checkpoint', 'events-0.e2.checkpoint.1', 'events-0.e2.claim']);
  });

  it('never gives one epoch to two', async () => {
    const folder = join(base, String(++made));
    const claims = await Promise.all(Array.from({ length: 5 }, () => store(folder).claim('events', 0)));
    const epochs = claims.map(({ epoch }) => epoch);
    expect(new Set(epochs).size).toBe(5);
    // Of all, one is the owner: the others may not write.
    const highest = Math.max(...epochs);
    const saves = await Promise.allSettled(epochs.map((epoch) => store(folder).save(at(epoch, 0))));
    for (const [i, { status }] of saves.entries()) expect(status === 'fulfilled').toBe(epochs[i] === highest);
    expect(await store(folder).claim('events', 0)).toEqual({ epoch: highest + 1, checkpoint: at(highest, 0) });
  });

  it('fences a lower epoch off, also one that was asleep between its look and its write', async () => {
    const one = store();
    await one.claim('events', 0);
    await one.save(at(1, 5));
    await store(one.folder).claim('events', 0);
    const error: unknown = await one.save(at(1, 6)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Fenced);
    expect((error as Fenced).message).toMatch(
      /^partition events\/0: epoch 2 has claimed it, this worker's epoch 1 may/,
    );
    await one.save(at(2, 0));
    // What it can still complete is a file of its own epoch.
    writeFileSync(join(one.folder, 'events-0.e1.checkpoint'), encodeCheckpoint(at(1, 7)));
    expect((await one.claim('events', 0)).checkpoint).toEqual(at(2, 0));
  });

  it('refuses an epoch that was never claimed', async () => {
    const one = store();
    await one.claim('events', 0);
    expect((await problemOf(() => one.save(at(2, 0)))).message).toMatch(
      /epoch 2 was never claimed; claim the partition/,
    );
  });

  const newest = 'events-0.e1.checkpoint';
  it.each([
    [
      'torn',
      (path: string) => {
        truncateSync(path, 100);
      },
      /has 100 bytes where its header says \d+; going on/,
    ],
    [
      'empty',
      (path: string) => {
        truncateSync(path, 0);
      },
      /has 0 bytes, fewer than the 14 of an empty one; going on/,
    ],
    ['flipped', flip, /has bytes that do not fit its CRC; going on/],
  ])('falls back from a newest file that is %s, with one notice', async (_, harm, words) => {
    const one = store();
    await one.claim('events', 0);
    await one.save(at(1, 1));
    await one.save(at(1, 2));
    harm(join(one.folder, newest));
    expect((await one.claim('events', 0)).checkpoint).toEqual(at(1, 1));
    expect(one.notices).toHaveLength(1);
    expect(one.notices[0]).toMatch(words);
    expect(one.notices[0]).toMatch(/going on from the one before it, .*events-0\.e1\.checkpoint\.1, offset 1000$/);
    harm(join(one.folder, `${newest}.1`));
    const problem = await problemOf(() => one.claim('events', 0));
    expect(problem.exitCode).toBe(3);
    expect(problem.message).toMatch(/none of its 2 files is sound$/);
  });

  it('goes on from the one before if a crash came between the two renames', async () => {
    const one = store();
    await one.claim('events', 0);
    await one.save(at(1, 1));
    await one.save(at(1, 2));
    rmSync(join(one.folder, newest));
    writeFileSync(join(one.folder, `${newest}.writing`), 'half');
    expect((await one.claim('events', 0)).checkpoint).toEqual(at(1, 1));
  });

  it('does not pass over a sound file of a newer format', async () => {
    const one = store();
    await one.claim('events', 0);
    await one.save(at(1, 1));
    await one.save(at(1, 2));
    const { crc32 } = await import('node:zlib');
    const bytes = Buffer.from('52574350020000000000' + '00000000', 'hex');
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 10)), 10);
    writeFileSync(join(one.folder, newest), bytes);
    expect((await problemOf(() => one.claim('events', 0))).message).toMatch(
      /format version 2, and this regimewatch reads/,
    );
  });

  it('lists the newest of each partition of a topic', async () => {
    const one = store();
    for (const partition of [10, 2]) {
      await one.claim('events', partition);
      for (const sequence of [0, 1]) await one.save({ ...at(1, sequence), partition });
    }
    await one.claim('events', 3);
    await one.claim('events-2', 1);
    await one.save({ ...at(1, 0), topic: 'events-2', partition: 1 });
    const listed = await one.list('events');
    expect(listed.map(({ partition, sequence }) => [partition, sequence])).toEqual([
      [2, 1],
      [10, 1],
    ]);
    expect((await problemOf(() => store().list('events'))).message).toMatch(/^checkpoints .*: cannot be read: ENOENT/);
  });

  it('refuses a topic whose name would leave the folder', async () => {
    expect((await problemOf(() => store().claim('../events', 0))).exitCode).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)('names a folder that may not be written', async () => {
    const one = store();
    mkdirSync(one.folder);
    chmodSync(one.folder, 0o500);
    const problem = await problemOf(() => one.claim('events', 0));
    expect(problem.message).toMatch(/^checkpoint .*events-0\.e1\.claim: cannot be written: EACCES/);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'leaves the newest file as it was when the kernel refuses the write',
    async () => {
      const one = store();
      await one.claim('events', 0);
      await one.save(at(1, 1));
      symlinkSync('/dev/full', join(one.folder, `${newest}.writing`));
      const problem = await problemOf(() => one.save(at(1, 2)));
      expect(problem.message).toMatch(
        /^checkpoint .*e1\.checkpoint: cannot be written: ENOSPC: no space left on device, write; /,
      );
      expect(one.names()).toEqual([newest, 'events-0.e1.claim']);
      await one.save(at(1, 2));
      expect((await one.claim('events', 0)).checkpoint).toEqual(at(1, 2));
    },
  );

  it('leaves the newest file as it was on a full disk', async ({ skip }) => {
    const disk = smallDisk(64 * 1024);
    if (disk === null) {
      skip('no file system may be mounted here, so no disk can be full');
      return;
    }
    try {
      const one = store(disk.folder);
      await one.claim('events', 0);
      await one.save(checkpointOf({ sequence: 0, state: stampedState(1, 8000) }));
      const before = readFileSync(join(disk.folder, newest));
      const problem = await problemOf(() => one.save(checkpointOf({ sequence: 1, state: stampedState(2, 100_000) })));
      expect(problem.exitCode).toBe(1);
      expect(problem.message).toMatch(/^checkpoint .*events-0\.e1\.checkpoint: cannot be written: ENOSPC/);
      expect(problem.message).toMatch(/the one before it stays, make room or give another --state$/);
      expect(readFileSync(join(disk.folder, newest))).toEqual(before);
      expect(one.names()).toEqual(['events-0.e1.checkpoint', 'events-0.e1.claim']);
      await one.save(checkpointOf({ sequence: 1, state: stampedState(3, 8000) }));
      expect((await one.claim('events', 0)).checkpoint?.state).toEqual(stampedState(3, 8000));
    } finally {
      disk.end();
    }
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[60]! ^= 1;
  writeFileSync(path, bytes);
}
