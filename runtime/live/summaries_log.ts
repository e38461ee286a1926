import type { LogRecord } from '../../sources/kafka/types.js';
import type { SummaryMessage } from './messages.js';
import { takePart, type Pending } from './parts.js';

/** Where the keeper stands in the summaries' log, and the messages of which not all parts have come. */
export interface SummariesLog {
  /** Next offset. */
  position: number;
  /** Messages that ended below are in the state: their parts may come again, beside those of others. */
  readonly taken: number;
  readonly pending: Pending;
  /** Offset of the first part of each of them, in the order of the log. */
  readonly begun: Map<string, number>;
}

/**
 * Records after which a message is given up whose first part is that far back: its writer has died over it, and another
 * has told the same under its own epoch. Far more than what workers can write between two parts of a message.
 */
const MOST_APART = 2 ** 16;

export const summariesLog = (from: number, next: number): SummariesLog => ({
  ...{ position: from, taken: next },
  ...{ pending: {}, begun: new Map() },
});

/** The message that a record makes whole, if it is not in the state already. */
export function takeRecord(
  log: SummariesLog,
  { offset, value, headers }: LogRecord,
  pipelineHash: string,
  topic: string,
): SummaryMessage | null {
  const message = takePart(log.pending, value, headers, pipelineHash, `topic ${topic} offset ${offset}`);
  const id = headers.get('id')!;
  if (message !== null) log.begun.delete(id);
  else if (!log.begun.has(id)) log.begun.set(id, offset);
  for (const [old, first] of log.begun) {
    if (offset - first < MOST_APART) break;
    log.begun.delete(old);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete log.pending[old];
  }
  return offset < log.taken ? null : (message as SummaryMessage | null);
}

/** For a checkpoint: all messages below `next` are in the state; those that have begun are to be read again from `from`. */
export function placeOf({ position, taken, begun }: SummariesLog): { next: number; from: number } {
  const [first] = begun.values();
  return { next: Math.max(position, taken), from: Math.min(first ?? position, position) };
}
