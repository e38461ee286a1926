import { Reader, Writer } from '@platformatic/kafka';
import type { GroupMember } from './assigner.js';

type Owned = ReadonlyMap<string, readonly number[]>;

/** Versions of Kafka's ConsumerProtocolSubscription and ConsumerProtocolAssignment: what its own tools can show. */
const VERSION = 0;

/** What a member says of itself when it joins: its topics, and as user data what it had last. */
export function encodeSubscription({ topics, generation, owned }: Omit<GroupMember, 'id'>): Buffer {
  const last = JSON.stringify({ generation, owned: Object.fromEntries(owned) });
  return Writer.create()
    .appendInt16(VERSION)
    .appendArray([...topics], (out, topic) => out.appendString(topic, false), false, false)
    .appendBytes(Buffer.from(last), false).buffer;
}

export function decodeSubscription(id: string, bytes: Buffer): GroupMember {
  const reader = Reader.from(bytes);
  reader.skip(2);
  const topics = reader.readArray(() => reader.readString(false), false, false);
  return { id, topics, ...decodeLast(reader.readBytes(false).toString()) };
}

/** Written by a member of ours; another's tells nothing, and then nothing of it is kept. */
function decodeLast(text: string): Pick<GroupMember, 'generation' | 'owned'> {
  try {
    const { generation, owned } = JSON.parse(text) as { generation: number; owned: Record<string, number[]> };
    return { generation, owned: new Map(Object.entries(owned)) };
  } catch {
    return { generation: -1, owned: new Map() };
  }
}

export function encodeAssignment(owned: Owned): Buffer {
  return Writer.create()
    .appendInt16(VERSION)
    .appendArray(
      [...owned],
      (out, [topic, partitions]) =>
        out
          .appendString(topic, false)
          .appendArray([...partitions], (each, partition) => each.appendInt32(partition), false, false),
      false,
      false,
    )
    .appendBytes(null, false).buffer;
}

/** An empty buffer: nothing is assigned. */
export function decodeAssignment(bytes: Buffer): Map<string, number[]> {
  if (bytes.length < 6) return new Map();
  const reader = Reader.from(bytes);
  reader.skip(2);
  const read = (): [string, number[]] => [
    reader.readString(false),
    reader.readArray(() => reader.readInt32(), false, false),
  ];
  return new Map(reader.readArray(read, false, false));
}
