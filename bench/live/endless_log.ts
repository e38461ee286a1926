import { tableFromIPC, type Data } from 'apache-arrow';
import type { KafkaLog, LogRecord } from '../../sources/kafka/types.js';

/** A log as long as is asked for: messages of a real one again and again, the event's number raised by each round. */
export async function endlessLog(real: KafkaLog, topic: string, identity: string): Promise<KafkaLog> {
  const [bounds] = await real.bounds(topic);
  const messages: Buffer[] = [];
  for (let offset = bounds!.start; offset < bounds!.end;) {
    const [batch] = await real.fetch([{ topic, partition: 0, offset }], { maxBytes: 8 * 2 ** 20, waitMs: 200 });
    for (const { value } of batch!.records) messages.push(Buffer.from(value!));
    offset = batch!.next;
  }
  const perRound = messages.reduce((sum, value) => sum + tableFromIPC(value).numRows, 0);
  const record = (offset: number): LogRecord => {
    // Where the log lies does not matter, only that the memory is new each time, as that of a fetch is.
    const value = Buffer.from(messages[offset % messages.length]!);
    const raise = perRound * Math.floor(offset / messages.length);
    for (const batch of tableFromIPC(value).batches) {
      const column = batch.schema.fields.findIndex(({ name }) => name === identity);
      const numbers = (batch.data.children[column] as Data).values as Float64Array;
      for (let i = 0; i < numbers.length; i++) numbers[i]! += raise;
    }
    return { offset, key: null, value, headers: new Map() };
  };
  return {
    ...real,
    fetch: ([at]) => {
      const { topic: of, partition, offset } = at!;
      const records = Array.from({ length: MESSAGES }, (_, i) => record(offset + i));
      const end = Number.MAX_SAFE_INTEGER;
      return Promise.resolve([{ topic: of, partition, records, next: offset + MESSAGES, start: 0, end }]);
    },
  };
}

const MESSAGES = 16;
