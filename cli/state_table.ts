import { contentHash } from '../operators/summaries/codec.js';
import type { Compared } from '../runtime/live/compare_stored.js';
import type { Stored } from '../runtime/live/stored.js';

/** A stored checkpoint as `state --format json` prints it. */
export interface StateRow {
  readonly topic: string;
  readonly partition: number;
  readonly where: string;
  readonly bytes: number;
  readonly damage: string | null;
  readonly pipelineHash?: string;
  readonly epoch?: number;
  readonly sequence?: number;
  readonly next?: number;
  readonly from?: number;
  /** null: the state does not count them. */
  readonly events?: number | null;
  readonly stateHash?: string;
}

export function stateRow({ of, where, bytes, checkpoint, damage }: Stored): StateRow {
  const found = { ...of, where, bytes, damage: damage && damage.message };
  if (checkpoint === null) return found;
  const { pipelineHash, epoch, sequence, next, from, state } = checkpoint;
  const read = (state as { counts?: { read?: unknown } } | null)?.counts?.read;
  const events = typeof read === 'number' ? read : null;
  return { ...found, pipelineHash, epoch, sequence, next, from, events, stateHash: contentHash(state) };
}

const HEAD = ['partition', 'epoch', 'sequence', 'next offset', 'events', 'bytes', 'hash of the state'];

export function stateTable(stored: Stored[]): string {
  const cells = stored
    .map(stateRow)
    .map((each) => [
      `${each.topic}/${each.partition}`,
      ...[each.epoch, each.sequence, each.next, each.events, each.bytes].map((value) => value?.toString() ?? '–'),
      each.stateHash?.slice(0, 16) ?? `damaged: ${each.where}`,
    ]);
  const widths = HEAD.map((_, at) => Math.max(...[HEAD, ...cells].map((line) => line[at]!.length)));
  const last = HEAD.length - 1;
  return [HEAD, ...cells]
    .map((line) =>
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : at === last ? cell : cell.padStart(widths[at]!)))
        .join('  '),
    )
    .join('\n');
}

export function comparedInWords({ same, partitions, differences }: Compared, stores: string[]): string {
  const [a, b] = stores;
  if (same) return `same: ${partitions} partitions of ${a!} and ${b!} have the same bits (epoch and sequence left out)`;
  return [
    `different: ${differences.length} of ${partitions} partitions`,
    ...differences.map(
      ({ partition, first }) =>
        `  ${partition}: ${first.path || 'checkpoint'} is ${first.a} in ${a!}, ${first.b} in ${b!}`,
    ),
  ].join('\n');
}
