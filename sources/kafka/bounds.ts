import { listOffsetsV7, ResponseError } from '@platformatic/kafka';
import type { Client } from '../../kafka/client.js';
import type { Cluster } from '../../kafka/cluster.js';
import { groupBy } from '../../kafka/group_by.js';
import { Problem } from '../../operators/problem.js';
import { TruncatedLog } from './truncated_log.js';
import type { LogPosition } from './types.js';

type Offsets = Awaited<ReturnType<typeof listOffsetsV7.api.async>>;

export interface Bounds {
  readonly start: number;
  /** One beyond the last offset that may be read. */
  readonly end: number;
}

const EARLIEST = -2n;
const LATEST = -1n;
const READ_COMMITTED = 1;

/** First offset of each of the partitions, and one beyond the last. All leaders have to answer. */
export async function askBounds(
  client: Client,
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<Bounds[]> {
  const [starts, ends] = await Promise.all(
    [EARLIEST, LATEST].map((time) => askOffsets(client, cluster, topic, partitions, time)),
  );
  return partitions.map((partition) => ({ start: starts!.get(partition)!, end: ends!.get(partition)! }));
}

async function askOffsets(
  client: Client,
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
  timestamp: bigint,
): Promise<Map<number, number>> {
  const leaders = cluster.topics.get(topic)?.leaders ?? [];
  const offsets = new Map<number, number>();
  const asked = groupBy(partitions, (partition) => leaders[partition] ?? -1);
  await Promise.all(
    [...asked].map(async ([node, mine]) => {
      const broker = cluster.brokers.get(node);
      if (!broker) throw noLeader(topic, mine);
      const wanted = mine.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp }));
      const request: Parameters<typeof listOffsetsV7.createRequest> = [
        -1,
        READ_COMMITTED,
        [{ name: topic, partitions: wanted }],
      ];
      const answer: Offsets = await client.call(broker, listOffsetsV7.api, request);
      for (const each of answer.topics[0]?.partitions ?? []) offsets.set(each.partitionIndex, Number(each.offset));
    }),
  );
  return offsets;
}

/** A partition that nobody leads at present; trying again helps. */
export const noLeader = (topic: string, partitions: readonly number[]): Error =>
  new ResponseError(3, 12, { [topic]: [5, `${topic} ${partitions.join(', ')}`] }, {});

/** What an offset is that the broker calls out of range; undefined: it has come into range since. */
export function outOfRange({ topic, partition, offset }: LogPosition, { start, end }: Bounds): Problem | undefined {
  if (offset < start) return new TruncatedLog(topic, partition, offset, start);
  if (offset <= end) return undefined;
  return new Problem(
    1,
    `topic ${topic} partition ${partition}: was to be read from offset ${offset}, but the log ends at ${end}; ` +
      `the topic was made anew or has lost messages: begin anew under another --group`,
  );
}
