import { fetchV15, ProtocolError, type Broker, type Reader } from '@platformatic/kafka';
import { withLimit, type Client } from '../../kafka/client.js';
import type { AbortedTransaction } from './record_batches.js';
import type { FetchOptions } from './types.js';

/** What one partition is asked for. */
export interface FetchFrom {
  readonly topicId: string;
  readonly partition: number;
  readonly offset: number;
}

/** What a broker says of one partition; offsets are −1 where `error` is not 0. */
export interface FetchAnswer {
  readonly topicId: string;
  readonly partition: number;
  /** The protocol's number; 0: none. */
  readonly error: number;
  readonly start: number;
  /** One beyond the last offset that may be read: that of the last stable one, as transactions in progress are not. */
  readonly end: number;
  readonly aborted: readonly AbortedTransaction[];
  /** Record batches as they are in the log. */
  readonly bytes: Buffer;
}

const FETCH = 1;
const VERSION = 15;
const READ_COMMITTED = 1;
/** No incremental session: each request says all that it asks for (KIP-227). */
const NO_SESSION = { id: 0, epoch: -1 };
/** On top of what the broker may wait. */
const GRACE_MS = 15_000;
const EMPTY = Buffer.alloc(0);

/** Asks one broker for all of `from` in one request, in that order: what comes first cannot be starved by the rest. */
export async function fetchFrom(
  client: Client,
  broker: Broker,
  from: readonly FetchFrom[],
  { maxBytes, waitMs }: FetchOptions,
): Promise<FetchAnswer[]> {
  const topics = from.map(({ topicId, partition, offset }) => ({
    topicId,
    partitions: [
      {
        partition,
        currentLeaderEpoch: -1,
        fetchOffset: BigInt(offset),
        lastFetchedEpoch: -1,
        partitionMaxBytes: maxBytes,
      },
    ],
  }));
  const request = () =>
    fetchV15.createRequest(
      waitMs,
      1,
      maxBytes,
      READ_COMMITTED,
      NO_SESSION.id,
      NO_SESSION.epoch,
      merged(topics),
      [],
      '',
    );
  const connection = await client.connect(broker);
  return withLimit(
    connection,
    waitMs + GRACE_MS,
    () =>
      new Promise<FetchAnswer[]>((resolve, reject) => {
        connection.send<FetchAnswer[]>(FETCH, VERSION, request, readAnswers, true, true, (error, answers) => {
          if (error) reject(error);
          else resolve(answers ?? []);
        });
      }),
  );
}

type Topic = Parameters<typeof fetchV15.createRequest>[6][number];

/** Neighbours of one topic under one head: the protocol allows a topic twice, brokers are happier without. */
function merged(topics: readonly Topic[]): Topic[] {
  const out = new Map<string, Topic>();
  for (const topic of topics) {
    const there = out.get(topic.topicId);
    if (there) there.partitions.push(...topic.partitions);
    else out.set(topic.topicId, { topicId: topic.topicId, partitions: [...topic.partitions] });
  }
  return [...out.values()];
}

/**
 * Fetch response, version 15. Own reading, as the library's makes an exception of a whole answer when one partition of
 * it has an error, does not look at checksums, and loses its place at tagged fields.
 */
function readAnswers(_: number, __: number, ___: number, reader: Reader): FetchAnswer[] {
  reader.skip(4); // throttle time
  const error = reader.readInt16();
  if (error !== 0) throw new ProtocolError(error);
  reader.skip(4); // session
  const answers: FetchAnswer[] = [];
  for (let topics = reader.readUnsignedVarInt() - 1; topics > 0; topics--) {
    const topicId = reader.readUUID();
    for (let partitions = reader.readUnsignedVarInt() - 1; partitions > 0; partitions--) {
      answers.push(readPartition(reader, topicId));
      skipTagged(reader);
    }
    skipTagged(reader);
  }
  return answers;
}

function readPartition(reader: Reader, topicId: string): FetchAnswer {
  const partition = reader.readInt32();
  const error = reader.readInt16();
  const highWatermark = Number(reader.readInt64());
  const lastStable = Number(reader.readInt64());
  const start = Number(reader.readInt64());
  const aborted: AbortedTransaction[] = [];
  for (let left = reader.readUnsignedVarInt() - 1; left > 0; left--) {
    aborted.push({ producerId: reader.readInt64(), firstOffset: Number(reader.readInt64()) });
    skipTagged(reader);
  }
  reader.skip(4); // preferred replica
  const size = Math.max(0, reader.readUnsignedVarInt() - 1);
  const bytes = size === 0 ? EMPTY : reader.buffer.slice(reader.position, reader.position + size);
  reader.skip(size);
  return { topicId, partition, error, start, end: lastStable >= 0 ? lastStable : highWatermark, aborted, bytes };
}

function skipTagged(reader: Reader): void {
  for (let fields = reader.readUnsignedVarInt(); fields > 0; fields--) {
    reader.readUnsignedVarInt();
    const size = reader.readUnsignedVarInt();
    reader.skip(size);
  }
}
