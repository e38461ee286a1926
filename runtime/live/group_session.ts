import {
  findCoordinatorV4,
  heartbeatV4,
  joinGroupV9,
  leaveGroupV5,
  offsetCommitV8,
  ResponseError,
  syncGroupV5,
  type Broker,
} from '@platformatic/kafka';
import { openClient, type Client } from '../../kafka/client.js';
import { askCluster, noSuchTopic } from '../../kafka/cluster.js';
import { groupBy } from '../../kafka/group_by.js';
import type { KafkaConnection, LogPosition } from '../../sources/kafka/types.js';
import { assign } from './assigner.js';
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from './group_messages.js';

/** Name of our way to share partitions; a group whose members know another refuses ours. */
const PROTOCOL = 'regimewatch';
const GROUP = 0;

/** What a member has for one generation of its group. */
export interface Share {
  readonly generation: number;
  readonly memberId: string;
  readonly owned: ReadonlyMap<string, readonly number[]>;
}

export interface GroupOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly sessionTimeoutMs: number;
}

/** A connection to the broker that coordinates the group. It ends at the first error; the member outlives it. */
export interface GroupSession {
  /** Joins and gives this member's share. `onSync` is called when the last request is sent that has to be answered. */
  readonly join: (memberId: string, last: Share | undefined, onSync: () => void) => Promise<Share>;
  readonly heartbeat: (share: Share) => Promise<void>;
  readonly commit: (share: Share, positions: readonly LogPosition[]) => Promise<void>;
  readonly leave: (memberId: string, limitMs: number) => Promise<void>;
  readonly close: () => void;
}

/** The error by which a coordinator gives a new member its id (KIP-394). */
export const idOf = (error: unknown): string | undefined =>
  error instanceof ResponseError && 'response' in error
    ? ((error.response as { memberId?: string | null }).memberId ?? undefined)
    : undefined;

/** Finds the coordinator and connects to it; the signal cuts the connection. */
export async function openGroupSession(
  connection: KafkaConnection,
  options: GroupOptions,
  signal: AbortSignal,
): Promise<GroupSession> {
  const client = openClient(connection);
  const close = (): void => {
    signal.removeEventListener('abort', close);
    client.close();
  };
  signal.addEventListener('abort', close);
  try {
    const answer = await client.call(undefined, findCoordinatorV4.api, [GROUP, [options.group]]);
    const found = answer.coordinators[0]!;
    if (found.errorCode !== 0) throw new ResponseError(10, 4, { '': [found.errorCode, found.errorMessage] }, answer);
    return { ...sessionAt(client, { host: found.host, port: found.port }, options), close };
  } catch (error) {
    close();
    throw error;
  }
}

function sessionAt(
  client: Client,
  at: Broker,
  { group, topics, sessionTimeoutMs }: GroupOptions,
): Omit<GroupSession, 'close'> {
  // Members that are told to join again have as long for it as a silent one has before it is given up.
  const rebalanceMs = sessionTimeoutMs;
  const answerMs = Math.max(500, sessionTimeoutMs / 3);

  const leaderShares = async (members: readonly { memberId: string; metadata: Buffer | null }[]) => {
    const known = members.map(({ memberId, metadata }) => decodeSubscription(memberId, metadata ?? Buffer.alloc(0)));
    const wanted = [...new Set(known.flatMap((each) => each.topics))].sort();
    const places = (await askCluster(client, wanted)).topics;
    const counts = wanted.map((topic): [string, number] => {
      const place = places.get(topic);
      if (!place) throw noSuchTopic(topic);
      return [topic, place.leaders.length];
    });
    return [...assign(known, new Map(counts))].map(([memberId, owned]) => ({
      memberId,
      assignment: encodeAssignment(owned),
    }));
  };

  return {
    join: async (id, last, onSync) => {
      const metadata = encodeSubscription({
        topics,
        generation: last?.generation ?? -1,
        owned: last?.owned ?? new Map(),
      });
      const protocols = [{ name: PROTOCOL, metadata }];
      const joined = await client.call(
        at,
        joinGroupV9.api,
        [group, sessionTimeoutMs, rebalanceMs, id, null, 'consumer', protocols, null],
        rebalanceMs + 15_000,
      );
      const memberId = joined.memberId ?? id;
      const { generationId: generation, protocolName } = joined;
      const shares = joined.leader === memberId ? await leaderShares(joined.members) : [];
      onSync();
      const synced = await client.call(
        at,
        syncGroupV5.api,
        [group, generation, memberId, null, 'consumer', protocolName, shares],
        rebalanceMs + 15_000,
      );
      return { generation, memberId, owned: decodeAssignment(synced.assignment) };
    },
    heartbeat: async ({ generation, memberId }) => {
      await client.call(at, heartbeatV4.api, [group, generation, memberId, null], answerMs);
    },
    commit: async ({ generation, memberId }, positions) => {
      const byTopic = [...groupBy(positions, ({ topic }) => topic)].map(([name, mine]) => ({
        name,
        partitions: mine.map(({ partition, offset }) => ({
          partitionIndex: partition,
          committedOffset: BigInt(offset),
          committedLeaderEpoch: -1,
          committedMetadata: null,
        })),
      }));
      await client.call(at, offsetCommitV8.api, [group, generation, memberId, null, byTopic], answerMs);
    },
    leave: async (memberId, limitMs) => {
      await client.call(at, leaveGroupV5.api, [group, [{ memberId, groupInstanceId: null, reason: null }]], limitMs);
    },
  };
}
