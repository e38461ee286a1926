import { messageOf } from '../../operators/problem.js';
import type { StoredWindow } from '../../schemas/page.js';
import type { KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import { readReport, type ReportRecord } from './report_record.js';

/** Where the reports of closed windows are read. */
export interface ReportsLog {
  readonly log: KafkaLog;
  readonly topic: string;
  readonly pipelineHash: string;
  readonly notice: (line: string) => void;
}

/** How far they have been read. */
export interface ReportsTail {
  position: number;
  /** One beyond the last record that there was at the last look. */
  end: number;
  /** Highest epoch of a keeper so far: what one of a lower epoch writes after it, the higher one writes itself. */
  epoch: number;
  /** Records below are of before this worker began to read. */
  readonly past: number;
}

/** What the one who takes the windows has: the last of them, and how many he wants of those before he began. */
export interface Wanted {
  readonly last: { readonly index: number; readonly chain: string } | null;
  readonly most: number;
}

const FETCH = { maxBytes: 2 * 2 ** 20, waitMs: 200 } as const;
/** Of a look at one place of the log: what a keeper that took over wrote again lies within. */
const LOOK = { maxBytes: 2 ** 21, waitMs: 0 } as const;
/** Records at the end that are looked at for a report, or for one that was written again. */
const LAST = 32;

/**
 * Finds where to begin: behind the last window that there is, if the log has it with the same chain; else so many windows
 * before its end as are wanted, since what there is, is of another stream or too old. The windows of the log are in the
 * order of their index, some of them again after another keeper took over; an offset is never below the index at it
 * unless records were taken away. So it is found by steps back from the end.
 */
export async function beginReports(from: ReportsLog, { last, most }: Wanted): Promise<ReportsTail> {
  const [{ start, end } = { start: 0, end: 0 }] = await from.log.bounds(from.topic);
  const tail = (position: number): ReportsTail => ({ position, end, epoch: 0, past: end });
  const newest = await newestIndex(from, start, end);
  if (newest === null) return tail(start);
  const stepBack = async (index: number): Promise<number> => {
    let at = Math.max(start, end - 1 - Math.max(0, newest - index));
    for (;;) {
      const [found] = at > start ? await look(from, at) : [];
      if (at <= start || (found && indexOf(found) <= index)) return at;
      at = Math.max(start, at - Math.max(1, found ? indexOf(found) - index : 1));
    }
  };
  if (last !== null) {
    // A keeper that took over may be about to close again what the one before had closed.
    const at = last.index <= newest ? await stepBack(last.index) : Math.max(start, end - LAST);
    const there = (await look(from, at)).filter((each) => indexOf(each) === last.index);
    if (there.some(({ window }) => window.report.chain === last.chain)) return tail(at);
  }
  return tail(most > 0 ? await stepBack(newest - most + 1) : end);
}

const indexOf = ({ window }: ReportRecord): number => window.report.index;

async function newestIndex(from: ReportsLog, start: number, end: number): Promise<number | null> {
  for (let at = end - 1; at >= start && at >= end - LAST; at--) {
    const [found] = await look(from, at);
    if (found) return indexOf(found);
  }
  return null;
}

async function look({ log, topic, pipelineHash }: ReportsLog, offset: number): Promise<ReportRecord[]> {
  const [batch] = await log.fetch([{ topic, partition: 0, offset }], LOOK);
  return (batch?.records ?? []).flatMap((record) => {
    try {
      return readReport(record, pipelineHash, topic) ?? [];
    } catch {
      // Told when it is its turn.
      return [];
    }
  });
}

/** Reads on; the windows that are new in the log, in its order. What is no report is told, and passed over. */
export async function readReports(from: ReportsLog, tail: ReportsTail): Promise<StoredWindow[]> {
  const { log, topic } = from;
  const [batch] = await log.fetch([{ topic, partition: 0, offset: tail.position }], FETCH);
  if (batch === undefined) return [];
  [tail.position, tail.end] = [batch.next, batch.end];
  return batch.records.flatMap((record) => {
    const found = tryToRead(from, record);
    // The first window of all with a lower epoch: the state of the group was taken away, and it began anew.
    if (found === null || (found.epoch < tail.epoch && indexOf(found) > 0)) return [];
    tail.epoch = found.epoch;
    return [found.window];
  });
}

function tryToRead({ topic, pipelineHash, notice }: ReportsLog, record: LogRecord): ReportRecord | null {
  try {
    return readReport(record, pipelineHash, topic);
  } catch (error) {
    notice(messageOf(error));
    return null;
  }
}
