import type { DuckDBConnection } from '@duckdb/node-api';
import type { HistoryStore, StoredWindow } from '../../schemas/page.js';
import { appendWindow } from './append.js';
import { openDatabase, type Access } from './database.js';
import { contentsOf, type EpochContent } from './epoch_content.js';
import { epochsOf, stretchesOf, type Epoch } from './epochs.js';
import { problemOfFile } from './file_problem.js';
import { readWindows } from './read_windows.js';
import { readReference, writeReference, type Reference } from './reference_period.js';
import { referenceWindows, setReferenceWindows } from './reference_windows.js';
import { demandRetention, RETENTION } from './retention.js';
import { putAlert, readAlerts } from './stored_alerts.js';

export interface HistoryOptions {
  /** Newest windows of a pipeline that are kept, besides those of its reference; default 10,000. */
  readonly retentionWindows?: number;
  /** Windows of this content of the pipeline alone are read; others that are stored are as if they were not. */
  readonly pipelineHash?: string;
  /** Default 'write'; 'read' and 'existing' make no file. */
  readonly access?: Access;
}

export interface History extends HistoryStore {
  readonly file: string;
  readonly pipelines: () => Promise<string[]>;
  /** Streams of windows, the one that `windows` reads last. */
  readonly epochs: (pipeline: string) => Promise<EpochContent[]>;
  /** As `windows`, of this epoch and those it branched off from. */
  readonly windowsOf: (pipeline: string, epoch: number, from: number, to: number) => Promise<StoredWindow[]>;
  /** The period that others are compared with; null: none was set. */
  readonly reference: (pipeline: string) => Promise<Reference | null>;
  readonly setReference: (pipeline: string, reference: Reference) => Promise<void>;
  /** For what else is done with the file: one thing at a time. */
  readonly use: <T>(work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;
}

/**
 * Opens the history in a DuckDB file, making it if there is none. One process at a time can have it open. Appended
 * windows and alerts are on the disk once `append` and `putAlert` resolve; a process that is killed leaves whole ones.
 * `windows` reads the epoch that was last appended to: windows of another stream are stored beside it, never mixed in.
 */
export async function openHistory(file: string, options: HistoryOptions = {}): Promise<History> {
  const retention = demandRetention(options.retentionWindows ?? RETENTION);
  const { connection, close } = await openDatabase(file, options.access ?? 'write');
  let last: Promise<unknown> = Promise.resolve();
  let ended: Promise<void> | null = null;

  /** One after the other: a connection has one transaction at a time. */
  function use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const result = last
      .then(() => work(connection))
      .catch((error: unknown) => {
        throw problemOfFile(file, error);
      });
    last = result.catch(() => undefined);
    return result;
  }

  const epochsRead = async (pipeline: string): Promise<Epoch[]> =>
    (await epochsOf(connection, pipeline)).filter(
      ({ pipelineHash }) => options.pipelineHash === undefined || pipelineHash === options.pipelineHash,
    );

  const read = (pipeline: string, epoch: number | null, from: number, to: number, most: number) =>
    use(async () => {
      const epochs = await epochsRead(pipeline);
      const chosen = epoch ?? epochs.at(-1)?.epoch;
      if (chosen === undefined) return [];
      return readWindows(connection, pipeline, stretchesOf(epochs, chosen), from, to, most);
    });

  return {
    file,
    use,
    append: (window) => use(() => appendWindow(connection, window, retention)),
    putAlert: (alert) => use(() => putAlert(connection, alert)),
    windows: (pipeline, from, to, most) => read(pipeline, null, from, to, most),
    windowsOf: (pipeline, epoch, from, to) => read(pipeline, epoch, from, to, Infinity),
    alerts: (pipeline, most) => use(() => readAlerts(connection, pipeline, most)),
    pipelines: () => use(() => readPipelines(connection)),
    epochs: (pipeline) => use(async () => contentsOf(connection, pipeline, await epochsRead(pipeline))),
    reference: (pipeline) => use(() => readReference(connection, pipeline)),
    setReference: (pipeline, reference) => use(() => writeReference(connection, pipeline, reference)),
    referenceWindows: (pipeline, most) => use(() => referenceWindows(connection, pipeline, options.pipelineHash, most)),
    setReferenceWindows: (pipeline, period) =>
      use(async () => setReferenceWindows(connection, pipeline, await epochsRead(pipeline), period)),
    close: () =>
      (ended ??= use(() => {
        close();
        return Promise.resolve();
      })),
  };
}

async function readPipelines(connection: DuckDBConnection): Promise<string[]> {
  const found = await connection.runAndReadAll('SELECT DISTINCT pipeline FROM epochs ORDER BY pipeline');
  return found.getRowsJS().map(([name]) => name as string);
}
