import { mkdir, rm } from 'node:fs/promises';
import { Problem } from '../../operators/problem.js';
import { decodeAt, encodeCheckpoint, NewerFormat, type Place } from './checkpoint.js';
import { checkpointFiles, checkpointPath, demandTopicName, type CheckpointFile } from './checkpoint_names.js';
import { makeExclusive, readIfThere, refused, replaceFile } from './durable_file.js';
import { Fenced } from './fenced.js';
import type { Checkpoint, CheckpointStore } from './types.js';

/** Told, in one line, that a damaged file was passed over for the one before it. */
type OnNotice = (line: string) => void;

/**
 * Checkpoints as files of a folder, for where no broker keeps them. The newest of a partition is a whole file at any
 * moment (durable_file.ts), and the one before it is kept. The epoch is in the name: a worker that wakes up after another
 * has claimed its partition can at most complete a file of its own epoch, and nobody reads that while a higher epoch has
 * one.
 *
 * `save` takes the state before its first await; once it has resolved, every later claim finds this checkpoint or a later
 * one. A refused write (disk full, read only, no right) is a Problem (1) and leaves the newest file as it was. A damaged
 * newest file falls back to the one before it, which `onNotice` is told; with none left it is a Problem (3).
 */
export function fileCheckpoints(folder: string, { onNotice }: { readonly onNotice: OnNotice }): CheckpointStore {
  return {
    async claim(topic, partition) {
      demandTopicName(topic);
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        throw refused(folder, error);
      });
      const place = { topic, partition };
      const epoch = await claimEpoch(folder, place);
      return { epoch, checkpoint: await newest(await checkpointFiles(folder, place), onNotice) };
    },
    save: (checkpoint) => save(folder, checkpoint, encodeCheckpoint(checkpoint)),
    async list(topic) {
      const files = (await checkpointFiles(folder)).filter((file) => file.topic === topic);
      const found: Checkpoint[] = [];
      for (const partition of new Set(files.map((file) => file.partition))) {
        const checkpoint = await newest(
          files.filter((file) => file.partition === partition),
          onNotice,
        );
        if (checkpoint !== null) found.push(checkpoint);
      }
      return found;
    },
    close: () => Promise.resolve(),
  };
}

/** An epoch above all others: no other process could make its file, and no higher one is there once it is durable. */
async function claimEpoch(folder: string, place: Place): Promise<number> {
  for (;;) {
    const epoch = highest(await checkpointFiles(folder, place)) + 1;
    if (!(await makeExclusive(checkpointPath(folder, place, epoch, 'claim')))) continue;
    const files = await checkpointFiles(folder, place);
    if (highest(files) > epoch) continue;
    // Only now: whoever still wants a lower epoch finds this claim above it.
    await removeAll(files.filter((file) => file.kind === 'claim' && file.epoch < epoch));
    return epoch;
  }
}

async function save(folder: string, checkpoint: Checkpoint, bytes: Buffer): Promise<void> {
  const { topic, partition, epoch } = checkpoint;
  const named = (kind: CheckpointFile['kind']): string => checkpointPath(folder, checkpoint, epoch, kind);
  const demandHighest = async (): Promise<CheckpointFile[]> => {
    const files = await checkpointFiles(folder, checkpoint);
    if (highest(files) > epoch) throw new Fenced(topic, partition, epoch, highest(files));
    return files;
  };
  const files = await demandHighest();
  const mine = files.filter((file) => file.epoch === epoch);
  if (!mine.some(({ kind }) => kind === 'claim')) {
    throw new Problem(
      1,
      `checkpoint ${named('checkpoint')}: epoch ${epoch} was never claimed; claim the partition first`,
    );
  }
  try {
    await replaceFile(named('checkpoint'), bytes, named('checkpoint.writing'), named('checkpoint.1'));
  } finally {
    // Whoever claimed before the rename may have read the folder without this file, or cleared it away.
    await demandHighest();
  }
  // The first checkpoint of an epoch has the last one of the epoch before it to fall back to.
  if (mine.some(({ kind }) => kind === 'checkpoint')) {
    await removeAll(files.filter((file) => file.kind !== 'claim' && file.epoch < epoch));
  }
}

/** The first sound file in order of trust; null: there never was one. */
export async function newest(files: readonly CheckpointFile[], onNotice: OnNotice): Promise<Checkpoint | null> {
  const bad: Problem[] = [];
  for (const file of files) {
    if (file.kind !== 'checkpoint' && file.kind !== 'checkpoint.1') continue;
    const bytes = await readIfThere(file.path);
    if (bytes === null) continue;
    try {
      const checkpoint = decodeAt(bytes, file, file.path);
      for (const { message } of bad) {
        onNotice(
          `${message.split('; ')[0]!}; going on from the one before it, ${file.path}, offset ${checkpoint.next}`,
        );
      }
      return checkpoint;
    } catch (error) {
      if (error instanceof NewerFormat || !(error instanceof Problem)) throw error;
      bad.push(error);
    }
  }
  if (bad[0] === undefined) return null;
  throw new Problem(3, `${bad[0].message}; none of its ${bad.length} files is sound`, { cause: bad[0] });
}

const highest = (files: readonly CheckpointFile[]): number => Math.max(0, ...files.map(({ epoch }) => epoch));

const removeAll = async (files: readonly CheckpointFile[]): Promise<void> => {
  for (const { path } of files) await rm(path, { force: true });
};
