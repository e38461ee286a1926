import type { DuckDBConnection } from '@duckdb/node-api';
import type { StoredWindow } from '../../schemas/page.js';
import { follows } from './links.js';

/** A stream of windows of a pipeline: those that were made one after the other. */
export interface Epoch {
  readonly epoch: number;
  readonly pipelineHash: string;
  readonly run: string;
  /** Milliseconds since the epoch of time: when its first window closed. */
  readonly began: number;
  /** Index of its first window. */
  readonly first: number;
  /** Epoch that it branched off from: the windows before `first` are of that one. */
  readonly parent: number | null;
  readonly turn: number;
}

/** Windows of an epoch by index, ends included. */
export interface Stretch {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

export async function epochsOf(connection: DuckDBConnection, pipeline: string): Promise<Epoch[]> {
  const found = await connection.runAndReadAll(
    'SELECT epoch::DOUBLE, pipeline_hash, run, epoch_ms(began)::DOUBLE, "first"::DOUBLE, parent::DOUBLE, turn::DOUBLE ' +
      'FROM epochs WHERE pipeline = $1 ORDER BY turn',
    [pipeline],
  );
  return found.getRowsJS().map((row) => {
    const [epoch, pipelineHash, run, began, first, parent, turn] = row as [
      ...[number, string, string, number, number],
      ...[number | null, number],
    ];
    return { epoch, pipelineHash, run, began, first, parent, turn };
  });
}

/** The windows of an epoch and, before its first, those it branched off from: newest stretch first. */
export function stretchesOf(epochs: readonly Epoch[], epoch: number): Stretch[] {
  const stretches: Stretch[] = [];
  let to = Number.MAX_SAFE_INTEGER;
  for (let next: number | null = epoch; next !== null;) {
    const found: Epoch | undefined = epochs.find((one) => one.epoch === next);
    if (!found || stretches.some((stretch) => stretch.epoch === found.epoch)) break;
    stretches.push({ epoch: found.epoch, from: found.first, to });
    to = found.first - 1;
    next = found.parent;
  }
  return stretches;
}

/** SQL of the windows of these stretches. */
export const within = (stretches: readonly Stretch[]): string =>
  stretches.map(({ epoch, from, to }) => `(epoch = ${epoch} AND "index" BETWEEN ${from} AND ${to})`).join(' OR ') ||
  'false';

/** What is to become of a window. */
export type Place =
  /** It is there already, in this epoch. */
  | { readonly kind: 'kept'; readonly epoch: number }
  | { readonly kind: 'next'; readonly epoch: number; readonly linked: boolean }
  | { readonly kind: 'begins'; readonly parent: number | null };

/** The newest window of the epoch that is read. */
export interface Tip {
  readonly epoch: Epoch;
  readonly index: number;
  readonly chain: string;
  readonly models: string;
}

export interface Neighbour {
  readonly epoch: number;
  readonly index: number;
  readonly chain: string;
  /** Of its epoch. */
  readonly last: boolean;
}

/**
 * Where a window belongs, by its chain, which names it and all before it: it is kept once if its chain is there at its
 * index, follows the stored window that its chain says was before it, and branches off where that one has been followed
 * by another. Where the window before is not stored (the history was away), it goes on in the present epoch if pipeline
 * and models are the same. Else it begins an epoch. `near`: windows of the pipeline at its index and the one before.
 */
export function placeOf({ report }: StoredWindow, tip: Tip | null, near: readonly Neighbour[]): Place {
  const { index, chain, models, pipelineHash } = report;
  const same = near.find((one) => one.index === index && one.chain === chain);
  if (same) return { kind: 'kept', epoch: same.epoch };
  const before = near.filter((one) => one.index === index - 1 && follows(one.chain, report));
  const open = before.find(({ last }) => last);
  if (open) return { kind: 'next', epoch: open.epoch, linked: true };
  if (before[0]) return { kind: 'begins', parent: before[0].epoch };
  if (tip?.epoch.pipelineHash === pipelineHash && tip.models === models && index > tip.index + 1)
    return { kind: 'next', epoch: tip.epoch.epoch, linked: false };
  return { kind: 'begins', parent: null };
}
