import { metadataV12, ResponseError, type Broker } from '@platformatic/kafka';
import { Problem } from '../operators/problem.js';
import type { Client } from './client.js';
import { protocolFault } from './fault.js';

type Metadata = Awaited<ReturnType<typeof metadataV12.api.async>>;

export interface TopicPlace {
  /** Names the topic for its lifetime: one of the same name made later has another. */
  readonly id: string;
  /** Node that leads each partition; -1: none does at present. */
  readonly leaders: readonly number[];
}

/** Who is where, as the brokers say at one time. Topics that do not exist are not among `topics`. */
export interface Cluster {
  readonly brokers: ReadonlyMap<number, Broker>;
  readonly topics: ReadonlyMap<string, TopicPlace>;
  readonly controller: number;
}

const UNKNOWN_TOPIC = 3;

export async function askCluster(client: Client, topics: readonly string[]): Promise<Cluster> {
  const answer = await client.call(undefined, metadataV12.api, [[...topics], false, false]).catch(partly);
  const places = new Map<string, TopicPlace>();
  for (const { name, topicId, errorCode, partitions } of answer.topics) {
    if (errorCode === UNKNOWN_TOPIC) continue;
    if (errorCode !== 0) {
      const fault = protocolFault(errorCode);
      if (!fault.transient) throw new Problem(1, `topic ${name ?? ''}: ${fault.words}`);
    }
    const leaders = new Array<number>(partitions.length).fill(-1);
    for (const { partitionIndex, leaderId } of partitions) leaders[partitionIndex] = leaderId;
    if (typeof name === 'string' && partitions.length > 0) places.set(name, { id: topicId, leaders });
  }
  return {
    brokers: new Map(answer.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }])),
    topics: places,
    controller: answer.controllerId,
  };
}

/** An answer with errors in it is an exception to the library; what it says of the other topics is good. */
function partly(error: unknown): Metadata {
  if (error instanceof ResponseError && 'response' in error) return error.response as Metadata;
  throw error;
}

export const noSuchTopic = (topic: string): Problem =>
  new Problem(3, `topic ${topic}: does not exist; make it first (regimewatch produce does), or mend the name`);
