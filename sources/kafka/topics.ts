import { createTopicsV7, deleteTopicsV6, ResponseError } from '@platformatic/kafka';
import { openClient, type Client } from '../../kafka/client.js';
import { askCluster, type TopicPlace } from '../../kafka/cluster.js';
import { faultOf } from '../../kafka/fault.js';
import { pause, persist, type Persistence } from '../../kafka/persist.js';
import { Problem } from '../../operators/problem.js';
import type { KafkaConnection } from './types.js';

export interface TopicWanted {
  readonly topic: string;
  readonly partitions: number;
  /** Kafka's names: `cleanup.policy`, `retention.ms`, ... Used where the topic is made, not to alter one that is there. */
  readonly config?: Readonly<Record<string, string>>;
}

const BROKERS_DEFAULT = -1;
const LIMIT_MS = 30_000;
const SEEN_TRIES = 50;
const SEEN_WAIT_MS = 100;

/**
 * Makes the topic unless it is there, with as many replicas as the brokers have for default, and resolves when every
 * partition has a leader. There with another number of partitions: a Problem (2), as the number is part of how events
 * are spread.
 */
export async function ensureTopic(
  connection: KafkaConnection,
  { topic, partitions, config = {} }: TopicWanted,
  persistence: Persistence = { onRetry: () => undefined },
): Promise<void> {
  await withClient(`topic ${topic}`, connection, persistence, async (client) => {
    if ((await placeOf(client, topic)) === undefined) {
      const configs = Object.entries(config).map(([name, value]) => ({ name, value }));
      const wanted = {
        name: topic,
        numPartitions: partitions,
        replicationFactor: BROKERS_DEFAULT,
        assignments: [],
        configs,
      };
      await client
        .call(undefined, createTopicsV7.api, [[wanted], LIMIT_MS, false], LIMIT_MS + 5000)
        .catch(unless('TOPIC_ALREADY_EXISTS'));
    }
    for (let attempt = 1; ; attempt++) {
      const place = await placeOf(client, topic);
      if (place && place.leaders.length !== partitions)
        throw new Problem(
          2,
          `topic ${topic}: has ${place.leaders.length} partitions where ${partitions} are wanted; ask for ${place.leaders.length}, or name another topic`,
        );
      if (place?.leaders.every((leader) => leader >= 0) === true) return;
      if (attempt === SEEN_TRIES)
        throw new Problem(1, `topic ${topic}: was made, but not all its partitions have a leader`);
      await pause(SEEN_WAIT_MS, persistence.signal);
    }
  });
}

/** Deletes the topic if it is there, and resolves when it is gone. */
export async function deleteTopic(
  connection: KafkaConnection,
  topic: string,
  persistence: Persistence = { onRetry: () => undefined },
): Promise<void> {
  await withClient(`topic ${topic}`, connection, persistence, async (client) => {
    await client
      .call(undefined, deleteTopicsV6.api, [[{ name: topic }], LIMIT_MS], LIMIT_MS + 5000)
      .catch(unless('UNKNOWN_TOPIC_OR_PARTITION'));
    for (let attempt = 1; attempt < SEEN_TRIES && (await placeOf(client, topic)) !== undefined; attempt++)
      await pause(SEEN_WAIT_MS, persistence.signal);
  });
}

const placeOf = async (client: Client, topic: string): Promise<TopicPlace | undefined> =>
  (await askCluster(client, [topic])).topics.get(topic);

/** Lets one answer of the broker pass as success. */
const unless =
  (id: string) =>
  (error: unknown): void => {
    if (error instanceof ResponseError && faultOf(error).id === id) return;
    throw error;
  };

function withClient(
  what: string,
  connection: KafkaConnection,
  persistence: Persistence,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  return persist(what, connection, persistence, async () => {
    const client = openClient(connection);
    try {
      await work(client);
    } finally {
      client.close();
    }
  });
}
