import type { Client } from '../../kafka/client.js';
import type { Cluster } from '../../kafka/cluster.js';
import { protocolFault } from '../../kafka/fault.js';
import { messageOf, Problem } from '../../operators/problem.js';
import { askBounds, noLeader, outOfRange } from './bounds.js';
import { fetchFrom, type FetchAnswer } from './fetch.js';
import { readRecordBatches } from './record_batches.js';
import type { FetchOptions, LogBatch, LogPosition } from './types.js';

const OUT_OF_RANGE = 1;
const CORRUPT = 2;

/** Connections for questions and for long polls are apart: a question never waits for a poll. */
export interface Session {
  readonly ask: Client;
  readonly poll: Client;
  cluster?: Cluster;
}

/** What one broker brought: batches, and what went wrong with other partitions or with all. */
export interface Yield {
  readonly batches: LogBatch[];
  readonly faults: Error[];
}

/** Asks one broker for the partitions that it leads, and reads what it brought. Throws nothing: faults are in the answer. */
export async function fetchNode(
  session: Session,
  cluster: Cluster,
  node: number,
  positions: readonly LogPosition[],
  options: FetchOptions,
): Promise<Yield> {
  const batches: LogBatch[] = [];
  const faults: Error[] = [];
  try {
    const broker = cluster.brokers.get(node);
    if (!broker) throw noLeader(positions[0]!.topic, [positions[0]!.partition]);
    const asked = positions.map((each) => ({ ...each, topicId: cluster.topics.get(each.topic)!.id }));
    const answers = await fetchFrom(session.poll, broker, asked, options);
    const byPlace = new Map(answers.map((answer) => [`${answer.topicId} ${answer.partition}`, answer]));
    for (const position of asked) {
      const answer = byPlace.get(`${position.topicId} ${position.partition}`);
      if (answer === undefined) continue;
      if (answer.error === 0) batches.push(batchOf(position, answer));
      else faults.push(await faultOfPartition(session, cluster, position, answer.error));
    }
  } catch (error) {
    faults.push(error instanceof Error ? error : new Error(messageOf(error)));
  }
  return { batches, faults };
}

function batchOf(position: LogPosition, answer: FetchAnswer): LogBatch {
  const { topic, partition, offset } = position;
  const { records, next } = readRecordBatches(answer.bytes, offset, answer.aborted, position);
  return { topic, partition, records, next, start: answer.start, end: answer.end };
}

async function faultOfPartition(
  session: Session,
  cluster: Cluster,
  position: LogPosition,
  code: number,
): Promise<Error> {
  const { topic, partition, offset } = position;
  if (code === OUT_OF_RANGE) {
    const [bounds] = await askBounds(session.ask, cluster, topic, [partition]);
    return outOfRange(position, bounds!) ?? noLeader(topic, [partition]);
  }
  const fault = protocolFault(code);
  if (fault.transient && code !== CORRUPT) return noLeader(topic, [partition]);
  return new Problem(1, `topic ${topic} partition ${partition} offset ${offset}: cannot be read: ${fault.words}`);
}
