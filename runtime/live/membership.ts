import { faultOf } from '../../kafka/fault.js';
import { backOffMs, pause } from '../../kafka/persist.js';
import { messageOf, Problem } from '../../operators/problem.js';
import type { KafkaConnection, LogPosition, Retry } from '../../sources/kafka/types.js';
import { leaveGroup } from './leave_group.js';
import { idOf, openGroupSession, type GroupOptions, type GroupSession, type Share } from './group_session.js';

export type TopicPartition = readonly [topic: string, partition: number];

export interface Assignment {
  readonly generation: number;
  readonly partitions: readonly TopicPartition[];
  /** Those of `partitions` that this member had in the generation directly before: nobody else can have had them since. */
  readonly kept: readonly TopicPartition[];
}

/** rebalance: the members share anew; expelled: the group has gone on without this member. */
export type Loss = 'rebalance' | 'expelled';

export interface MembershipOptions extends GroupOptions {
  readonly heartbeatMs: number;
  /** Monotonic, in ms. */
  readonly clock: () => number;
  /** Called for every generation, also where nothing changed. What is not kept has to be loaded anew. */
  readonly onAssigned: (assignment: Assignment) => void;
  /**
   * Nothing of the assignment is ours from here on. After 'rebalance' the group waits for what it returns, as long as the
   * lease holds: the time for a last checkpoint.
   */
  readonly onLost: (reason: Loss) => void | Promise<void>;
  /** Membership has ended by something that will not pass. */
  readonly onFatal: (problem: Problem) => void;
  readonly onRetry: (retry: Retry) => void;
}

export interface Membership {
  /**
   * Whether the assignment is still ours for certain: the last heartbeat that the coordinator accepted was sent less than
   * the session timeout ago, minus a margin of a fifth. A process that was stopped for longer sees false before its next
   * write. May become true again: then nobody had the partitions in between.
   */
  readonly lease: () => boolean;
  /** Commits offsets to the group, for tools that show lag; fails without a word to anybody: nothing depends on it. */
  readonly commit: (positions: readonly LogPosition[]) => Promise<void>;
  /** Leaves the group; resolves within two seconds whether or not the broker heard of it. */
  readonly leave: () => Promise<void>;
}

/** Turns of the protocol in a row, after which it is a fault like others. */
const TURNS = 10;

/** Of the session timeout: for what is under way between a look at the lease and the write it allows. */
const MARGIN = 0.2;

/**
 * Membership of a consumer group (Kafka's classic protocol, which all brokers speak), on a connection of its own. Heartbeats
 * go on until `leave` or a fault that will not pass: a broker that is gone is looked for with back-off, and where the group
 * has gone on without this member, it joins anew.
 */
export function joinGroup(connection: KafkaConnection, options: MembershipOptions): Membership {
  const { clock, group, heartbeatMs, onAssigned, onFatal, onLost, onRetry } = options;
  const leaseMs = options.sessionTimeoutMs * (1 - MARGIN);
  const leaving = new AbortController();
  const left = (): boolean => leaving.signal.aborted;
  let session: GroupSession | undefined;
  let memberId = '';
  /** What is ours now, and what was ours last. */
  let share: Share | undefined;
  let last: Share | undefined;
  let confirmed = -Infinity;

  const drop = (): void => {
    session?.close();
    session = undefined;
  };
  const fail = (error: unknown): void => {
    share = undefined;
    drop();
    if (left()) return;
    leaving.abort();
    onFatal(error instanceof Problem ? error : new Problem(1, `group ${group}: ${messageOf(error)}`));
  };
  const lose = async (reason: Loss): Promise<void> => {
    if (!share) return;
    if (reason === 'expelled') share = undefined;
    const told = Promise.resolve(onLost(reason)).catch(fail);
    const left = Math.max(0, confirmed + leaseMs - clock());
    if (reason === 'rebalance') await Promise.race([told, pause(left, leaving.signal)]);
    share = undefined;
  };

  const step = async (): Promise<void> => {
    session ??= await openGroupSession(connection, options, leaving.signal);
    if (share) {
      await pause(heartbeatMs, leaving.signal);
      if (left()) return;
      const sent = clock();
      await session.heartbeat(share);
      confirmed = sent;
      return;
    }
    let sent = clock();
    const joined = await session.join(memberId, last, () => {
      sent = clock();
    });
    if (left()) return;
    const before =
      last && last.memberId === joined.memberId && last.generation + 1 === joined.generation ? last : undefined;
    confirmed = sent;
    memberId = joined.memberId;
    share = last = joined;
    const partitions = pairs(joined);
    onAssigned({
      generation: joined.generation,
      partitions,
      kept: partitions.filter(([topic, partition]) => before?.owned.get(topic)?.includes(partition) === true),
    });
  };

  /** Whether the coordinator's answer is a turn of the protocol, not a fault. */
  const turn = async (error: unknown): Promise<boolean> => {
    switch (faultOf(error).id) {
      case 'MEMBER_ID_REQUIRED':
        memberId = idOf(error) ?? '';
        return true;
      case 'REBALANCE_IN_PROGRESS':
        await lose('rebalance');
        return true;
      case 'UNKNOWN_MEMBER_ID':
        memberId = '';
        await lose('expelled');
        return true;
      case 'ILLEGAL_GENERATION':
        await lose('expelled');
        return true;
      default:
        return false;
    }
  };

  const run = async (): Promise<void> => {
    for (let failures = 0, turns = 0; !left();) {
      try {
        await step();
        failures = turns = 0;
      } catch (error) {
        if (left()) return;
        if ((await turn(error)) && ++turns < TURNS) continue;
        const { words, transient } = faultOf(error, connection);
        if (!transient && turns < TURNS)
          throw error instanceof Problem ? error : new Problem(1, `group ${group}: ${words}`);
        drop();
        const waitMs = Math.min(backOffMs(++failures, connection.clientId), share ? heartbeatMs : Infinity);
        onRetry({ what: `group ${group}`, attempt: failures, waitMs, error: words });
        await pause(waitMs, leaving.signal);
      }
    }
  };

  run().catch(fail);

  return {
    lease: () => share !== undefined && clock() - confirmed < leaseMs,
    commit: async (positions) => {
      if (share && session) await session.commit(share, positions).catch(() => undefined);
    },
    leave: async () => {
      const ended = left();
      leaving.abort();
      share = undefined;
      if (!ended && memberId !== '') await leaveGroup(connection, options, memberId);
    },
  };
}

const pairs = ({ owned }: Share): TopicPartition[] =>
  [...owned].flatMap(([topic, partitions]) => partitions.map((partition): TopicPartition => [topic, partition]));
