import { LAST_HEADER } from '../../runtime/produce_messages.js';
import type { OutRecord } from '../../sinks/kafka/record_batch.js';
import { openWriter } from '../../sinks/kafka/writer.js';
import { openLog } from '../../sources/kafka/log.js';
import type { LogRecord } from '../../sources/kafka/types.js';
import type { Chance } from './chance.js';
import { records } from './copy_topic.js';
import type { Scene } from './options.js';

/** Header of the messages that the sample does not hold: poison, or twice. */
export const SPOILED = 'soak';

export interface Spoiler {
  readonly poison: number;
  readonly twice: number;
  /** One message that cannot be read, or one again that is there. */
  readonly spoil: () => Promise<void>;
  /** Makes the last message of each partition say how far the producer has come, so that it goes on from there. */
  readonly seal: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Messages back that one may come from which is written again: the same window, or one that is over. */
const BACK = 6;
const TAIL = 200;

const reached = ({ headers }: LogRecord): number => Number(headers.get(LAST_HEADER) ?? -1);

export function spoiler({ connection, topic }: Scene, { below }: Chance): Spoiler {
  const onRetry = (): void => undefined;
  const log = openLog(connection, { onRetry });
  const writer = openWriter(connection, { onRetry });
  const count = { poison: 0, twice: 0 };
  const tail = async (partition: number): Promise<LogRecord[]> => {
    const { start, end } = (await log.bounds(topic))[partition]!;
    const found: LogRecord[] = [];
    if (end > start)
      for await (const some of records(log, topic, partition, Math.max(start, end - TAIL))) found.push(...some);
    return found;
  };
  const garbage = ({ value }: LogRecord): Buffer | null => {
    const noise = Buffer.from(Array.from({ length: 40 }, () => below(256)));
    const whole = value ?? noise;
    switch (below(5)) {
      case 0:
        return noise;
      case 1:
        return null;
      case 2:
        return Buffer.concat([Buffer.from([0xc3, 0x01]), noise]);
      case 3:
        return Buffer.from(whole.subarray(0, Math.floor(whole.length / 2)));
      default:
        return Buffer.alloc(0);
    }
  };
  /** Says of how far the producer has come what the tail says. */
  const write = (partition: number, value: Buffer | null, tail: readonly LogRecord[], what: string): Promise<void> => {
    const last = tail.reduce((a, b) => (reached(b) > reached(a) ? b : a), tail[0]!);
    const headers = { ...Object.fromEntries(last.headers), [SPOILED]: what };
    const record: OutRecord = { topic, partition, key: null, value, headers };
    return writer.write([record]);
  };
  return {
    get poison() {
      return count.poison;
    },
    get twice() {
      return count.twice;
    },
    spoil: async () => {
      const partition = below((await log.bounds(topic)).length);
      const last = await tail(partition);
      const sound = last.filter(({ headers }) => !headers.has(SPOILED));
      if (sound.length === 0) return;
      if (below(2) === 0) {
        await write(partition, garbage(sound.at(-1)!), last, 'poison');
        count.poison++;
      } else {
        await write(partition, sound[Math.max(0, sound.length - 1 - below(BACK))]!.value, last, 'twice');
        count.twice++;
      }
    },
    seal: async () => {
      const partitions = (await log.bounds(topic)).length;
      for (let partition = 0; partition < partitions; partition++) {
        const last = await tail(partition);
        if (last.length === 0 || last.every((each) => reached(each) <= reached(last.at(-1)!))) continue;
        await write(partition, Buffer.from('poison'), last, 'poison');
        count.poison++;
      }
    },
    close: async () => {
      await Promise.all([log.close(), writer.close()]);
    },
  };
}
