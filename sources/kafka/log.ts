import { askCluster, noSuchTopic, type Cluster } from '../../kafka/cluster.js';
import { openClient } from '../../kafka/client.js';
import { faultOf } from '../../kafka/fault.js';
import { groupBy } from '../../kafka/group_by.js';
import { backOffMs, closedProblem, pause, persist, type Persistence } from '../../kafka/persist.js';
import { Problem } from '../../operators/problem.js';
import { askBounds } from './bounds.js';
import { fetchNode, type Session } from './fetch_node.js';
import type { FetchOptions, KafkaConnection, KafkaLog, LogBatch, LogPosition } from './types.js';

/** With several brokers an idle one may hold up what the others have for this long. */
const SHARED_WAIT_MS = 100;
/** A topic that was made a moment ago is not known to all brokers yet. */
const TOPIC_TRIES = 3;
const TOPIC_WAIT_MS = 200;

/**
 * Reads partitions from given offsets, outside of any group; see KafkaLog. After a fault that passes (a broker gone, a
 * leader moved) all connections are made anew, with back-off. Messages of transactions that were aborted or are still
 * open are not delivered. A partition that has no leader at present is left out of an answer that has others.
 */
export function openLog(connection: KafkaConnection, { onRetry, signal }: Persistence): KafkaLog {
  const closing = new AbortController();
  const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  const persistence: Persistence = { onRetry, signal: stop };
  /** Identity of each topic that was read: a topic of the same name that is made later is another log. */
  const known = new Map<string, string>();
  let session: Session | undefined;
  let turn = 0;
  let failures = 0;

  const reset = (): void => {
    session?.ask.close();
    session?.poll.close();
    session = undefined;
  };
  stop.addEventListener('abort', reset, { once: true });

  const clusterOf = async (topics: readonly string[]): Promise<{ session: Session; cluster: Cluster }> => {
    const now = (session ??= { ask: openClient(connection), poll: openClient(connection) });
    for (let attempt = 1; ; attempt++) {
      const have = now.cluster;
      if (have && topics.every((topic) => have.topics.has(topic))) return { session: now, cluster: have };
      const all = [...new Set([...(have?.topics.keys() ?? []), ...topics])];
      const cluster = (now.cluster = await askCluster(now.ask, all));
      checkIdentity(cluster, known);
      const missing = topics.find((topic) => !cluster.topics.has(topic));
      if (missing !== undefined && attempt === TOPIC_TRIES) throw noSuchTopic(missing);
      if (missing !== undefined) await pause(TOPIC_WAIT_MS, stop);
    }
  };

  const keepTrying = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    persist(what, connection, persistence, async () => {
      try {
        return await work();
      } catch (error) {
        reset();
        throw error;
      }
    });

  const fetchOnce = async (positions: readonly LogPosition[], options: FetchOptions): Promise<LogBatch[]> => {
    const { session: now, cluster } = await clusterOf([...new Set(positions.map(({ topic }) => topic))]);
    for (const { topic, partition } of positions) checkPartition(cluster, topic, partition);
    const shift = turn++ % positions.length;
    const rotated = [...positions.slice(shift), ...positions.slice(0, shift)];
    const leaderOf = ({ topic, partition }: LogPosition): number => cluster.topics.get(topic)!.leaders[partition]!;
    const groups = [...groupBy(rotated, leaderOf)];
    const waitMs = groups.length > 1 ? Math.min(options.waitMs, SHARED_WAIT_MS) : options.waitMs;
    const yields = await Promise.all(
      groups.map(([node, mine]) => fetchNode(now, cluster, node, mine, { ...options, waitMs })),
    );
    const batches = yields.flatMap((each) => each.batches);
    const faults = yields.flatMap((each) => each.faults);
    const worst = faults.find((each) => !faultOf(each, connection).transient) ?? faults[0];
    if (worst === undefined) {
      failures = 0;
      return batches;
    }
    if (batches.length === 0 || !faultOf(worst, connection).transient) throw worst;
    // Some partitions can be read: they are not held up for long by those that cannot.
    failures++;
    const pauseMs = Math.min(backOffMs(failures, connection.clientId), 500);
    onRetry({ what: 'reading', attempt: failures, waitMs: pauseMs, error: faultOf(worst, connection).words });
    reset();
    await pause(pauseMs, stop);
    return batches;
  };

  return {
    fetch: async (positions, options) =>
      positions.length === 0 ? [] : keepTrying('reading', () => fetchOnce(positions, options)),
    partitions: (topic) =>
      keepTrying(`topic ${topic}`, async () => {
        const { cluster } = await clusterOf([topic]);
        return cluster.topics.get(topic)!.leaders.length;
      }),
    bounds: (topic) =>
      keepTrying(`bounds of topic ${topic}`, async () => {
        const { session: now, cluster } = await clusterOf([topic]);
        return askBounds(now.ask, cluster, topic, [...cluster.topics.get(topic)!.leaders.keys()]);
      }),
    close: () => {
      closing.abort(closedProblem('log'));
      return Promise.resolve();
    },
  };
}

function checkPartition(cluster: Cluster, topic: string, partition: number): void {
  const { leaders } = cluster.topics.get(topic)!;
  if (partition < leaders.length) return;
  throw new Problem(3, `topic ${topic}: has ${leaders.length} partitions, and partition ${partition} is asked for`);
}

function checkIdentity(cluster: Cluster, known: Map<string, string>): void {
  for (const [topic, { id }] of cluster.topics) {
    const before = known.get(topic);
    if (before !== undefined && before !== id)
      throw new Problem(
        1,
        `topic ${topic}: was deleted and made anew while it was read; begin anew under another --group`,
      );
    known.set(topic, id);
  }
}
