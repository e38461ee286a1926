import { messageOf, wrongSample } from '../../operators/problem.js';
import type { StoredWindow } from '../../schemas/page.js';
import type { WindowReport } from '../../schemas/window_report.js';
import type { LogRecord } from '../../sources/kafka/types.js';

/** Which process closed a window, and when. */
export type Closing = Pick<StoredWindow, 'at' | 'run'>;

/** A closed window as the reports' topic has it. */
export interface ReportRecord {
  /** Of the keeper that wrote it. */
  readonly epoch: number;
  readonly window: StoredWindow;
}

/**
 * The report of a closed window as a record: JSON, under the number of the window and the epoch of its keeper. With the
 * epoch in the key no compaction puts what a keeper writes that was given up in the place of what its successor wrote.
 */
export const reportRecord = (topic: string, report: WindowReport, epoch: number, { at, run }: Closing) => ({
  ...{ topic, partition: 0, key: Buffer.from(`${report.window}/${epoch}`) },
  value: Buffer.from(JSON.stringify(report)),
  headers: { epoch: String(epoch), at: String(at), run },
});

/**
 * Reads it again; null: the record takes another away. One from before there were epochs has epoch 0 and closed at 0. What
 * is no report of this pipeline is a Problem that says where it lies.
 */
export function readReport(
  { offset, value, headers }: LogRecord,
  pipelineHash: string,
  topic: string,
): ReportRecord | null {
  if (value === null) return null;
  const report = parse(value, `topic ${topic} offset ${offset}`);
  const { pipelineHash: whose, index, chain } = report;
  if (typeof whose !== 'string' || typeof chain !== 'string' || !Number.isSafeInteger(index) || index! < 0)
    throw wrongSample(`topic ${topic} offset ${offset}: is no report of a window; give the group topics of its own`);
  if (whose !== pipelineHash)
    throw wrongSample(
      `topic ${topic} offset ${offset}: is a window of pipeline ${whose.slice(0, 12)}, this is ${pipelineHash.slice(0, 12)}; give another --group`,
    );
  const number = (name: string): number => Math.max(0, Number(headers.get(name) ?? 0)) || 0;
  return {
    epoch: number('epoch'),
    window: { at: number('at'), run: headers.get('run') ?? '', report: report as WindowReport },
  };
}

function parse(value: Buffer, where: string): Partial<WindowReport> {
  try {
    return (JSON.parse(value.toString()) ?? {}) as Partial<WindowReport>;
  } catch (error) {
    throw wrongSample(`${where}: is no JSON: ${messageOf(error)}`, error);
  }
}
