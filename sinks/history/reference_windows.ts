import type { DuckDBConnection } from '@duckdb/node-api';
import type { PagePeriod, PageReference, StoredWindow } from '../../schemas/page.js';
import { epochsOf, stretchesOf, type Epoch } from './epochs.js';
import { readWindows } from './read_windows.js';
import { readReference, writeReference } from './reference_period.js';

/**
 * The reference of a pipeline with the windows that the history has of it, at most `most` (the last ones); null: none was
 * set. Of another content of the pipeline than `pipelineHash` there are none to compare with, since bins and regimes may
 * be others; undefined: of any.
 */
export async function referenceWindows(
  connection: DuckDBConnection,
  pipeline: string,
  pipelineHash: string | undefined,
  most: number,
): Promise<PageReference | null> {
  const reference = await readReference(connection, pipeline);
  if (!reference) return null;
  const { epoch, from, to } = reference;
  const place = `windows with index ${from} to ${to} of epoch ${epoch}`;
  const epochs = await epochsOf(connection, pipeline);
  const found = epochs.find((one) => one.epoch === epoch);
  if (found && pipelineHash !== undefined && found.pipelineHash !== pipelineHash)
    return { words: `${place}, of another content of the pipeline: bins and regimes may differ`, windows: [] };
  const windows = await readWindows(connection, pipeline, stretchesOf(epochs, epoch), from, to, most);
  if (windows.length === 0) return { words: `${place}, which the history no longer has`, windows };
  const [words, all] = [wordsOf(windows, epoch), to - from + 1];
  return { words: windows.length < all ? `${words}, ${windows.length} of ${all}` : words, windows };
}

/** A time to the minute. */
const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

function wordsOf(windows: readonly StoredWindow[], epoch: number): string {
  const [first, last] = [windows[0]!, windows.at(-1)!];
  const [began, ended] = [minute(first.at), minute(last.at)];
  const to = began.slice(0, 10) === ended.slice(0, 10) ? ended.slice(11) : ended;
  const closed = began === ended ? began : `${began} to ${to}`;
  return `windows ${first.report.window} to ${last.report.window} of epoch ${epoch}, closed ${closed} UTC`;
}

/**
 * Makes windows of the epoch that is read the reference, if it has the last of them under its chain, which names all
 * before it too; false: it has not, and nothing is set. `epochs`: those that are read.
 */
export async function setReferenceWindows(
  connection: DuckDBConnection,
  pipeline: string,
  epochs: readonly Epoch[],
  { from, to, chain }: PagePeriod,
): Promise<boolean> {
  const epoch = epochs.at(-1)?.epoch;
  if (epoch === undefined || !(from <= to)) return false;
  const [last] = await readWindows(connection, pipeline, stretchesOf(epochs, epoch), to, to, 1);
  if (last?.report.chain !== chain) return false;
  await writeReference(connection, pipeline, { epoch, from, to });
  return true;
}
