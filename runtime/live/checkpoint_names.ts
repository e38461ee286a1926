import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, Problem, wrongPipeline } from '../../operators/problem.js';
import type { Place } from './checkpoint.js';

/** `claim`: the epoch is taken; `1`: the checkpoint before the newest of its epoch; `writing`: not complete. */
export type FileKind = 'claim' | 'checkpoint' | 'checkpoint.1' | 'checkpoint.writing';

export interface CheckpointFile extends Place {
  readonly epoch: number;
  readonly kind: FileKind;
  readonly path: string;
}

const NAME = /^([A-Za-z0-9._-]+)-(\d{1,10})\.e(\d{1,15})\.(claim|checkpoint|checkpoint\.1|checkpoint\.writing)$/;

/** The epoch is in the name, so that a late rename of a lower epoch's owner cannot replace a file of a higher one. */
export const checkpointPath = (folder: string, { topic, partition }: Place, epoch: number, kind: FileKind): string =>
  join(folder, `${topic}-${partition}.e${epoch}.${kind}`);

/** Kafka's own rule for the names of topics; it also keeps the files in their folder. */
export function demandTopicName(topic: string): void {
  if (/^[A-Za-z0-9._-]{1,200}$/.test(topic)) return;
  throw wrongPipeline(`topic '${topic}': no name for files of checkpoints; use up to 200 of A-Z a-z 0-9 . _ -`);
}

/**
 * The files of a folder, those of a partition in order of trust: the highest epoch first, in it the newest before the one
 * before it. Other files are none of ours. A folder that is not there is a Problem (3).
 */
export async function checkpointFiles(folder: string, of?: Place): Promise<CheckpointFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Problem(3, `checkpoints ${folder}: cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const files = names.flatMap((name): CheckpointFile[] => {
    const [, topic, partition, epoch, kind] = NAME.exec(name) ?? [];
    if (topic === undefined) return [];
    return [
      { topic, partition: Number(partition), epoch: Number(epoch), kind: kind as FileKind, path: join(folder, name) },
    ];
  });
  return files
    .filter(({ topic, partition }) => of === undefined || (topic === of.topic && partition === of.partition))
    .sort((a, b) => order(a.topic, b.topic) || a.partition - b.partition || b.epoch - a.epoch || order(a.kind, b.kind));
}

export const order = (a: string, b: string): number => Number(a > b) - Number(a < b);
