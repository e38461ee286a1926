import type { OutRecord } from '../sinks/kafka/record_batch.js';
import type { RecordWriter } from '../sinks/kafka/writer.js';

/** Bytes that are not yet acknowledged, at most. */
const UNDER_WAY = 16 * 2 ** 20;

/** Hands records to the writer, and waits where too much is under way. */
export function sender(
  writer: RecordWriter,
  count: { messages: number; bytes: number },
): (records: readonly OutRecord[]) => Promise<void> {
  const underWay: { written: Promise<void>; bytes: number }[] = [];
  let total = 0;
  return async (records) => {
    if (records.length === 0) return;
    const bytes = records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0);
    count.messages += records.length;
    count.bytes += bytes;
    const written = writer.write(records);
    // Who fails while nobody waits is heard when it is awaited.
    written.catch(() => undefined);
    underWay.push({ written, bytes });
    for (total += bytes; total > UNDER_WAY;) {
      const oldest = underWay.shift()!;
      await oldest.written;
      total -= oldest.bytes;
    }
  };
}
