import { initProducerIdV4 } from '@platformatic/kafka';
import type { Client } from '../../kafka/client.js';
import { noSuchTopic, type Cluster } from '../../kafka/cluster.js';
import type { KafkaConnection } from '../../kafka/connection.js';
import { faultOf, protocolFault } from '../../kafka/fault.js';
import { groupBy } from '../../kafka/group_by.js';
import { Problem } from '../../operators/problem.js';
import { acknowledge, batchOf, halve, recordBytes, type Lane } from './lane.js';
import { produce, type Receipt } from './produce.js';
import type { Compression } from './record_batch.js';

/** Named by a broker once, for as long as the writer lives: that and the sequences are what make a repetition harmless. */
export interface Producer {
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

/** A refusal that passes: the same batches are sent again. */
export class Refusal extends Error {}

/** A topic that the broker does not know; it may be too new for it. */
export class MissingTopic extends Refusal {}

const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
/** The broker has it: an older batch whose answer was lost. */
const THERE_ALREADY = 'DUPLICATE_SEQUENCE_NUMBER';
/** The brokers no longer have what they acknowledged before it, or another has taken this producer's place. */
const LOST = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
]);
/** Of the requests of one round. */
const ROUND_BYTES = 8 * 2 ** 20;

export const newProducer = async (client: Client): Promise<Producer> =>
  client.call(undefined, initProducerIdV4.api, [null, 60_000, -1n, -1]);

/** The lanes of this round, each with its batch made: the first ones, as many as fit. */
export function choose(
  lanes: readonly Lane[],
  producer: Producer,
  compression: Compression,
  timestampMs: number,
): Lane[] {
  const options = { ...producer, compression, timestampMs };
  const chosen: Lane[] = [];
  let bytes = 0;
  for (const lane of lanes) {
    if (bytes >= ROUND_BYTES) break;
    bytes += batchOf(lane, options).length;
    chosen.push(lane);
  }
  return chosen;
}

/**
 * Sends each lane's batch to its leader and takes the receipts. Throws a Refusal if any has to be sent again (those that
 * were taken are acknowledged all the same), and a Problem on what will not pass.
 */
export async function sendRound(
  client: Client,
  cluster: Cluster,
  lanes: readonly Lane[],
  connection: KafkaConnection,
): Promise<void> {
  const byLeader = groupBy(lanes, (lane) => leaderOf(cluster, lane));
  const faults = await Promise.all(
    [...byLeader].map(async ([node, mine]): Promise<string[]> => {
      const broker = cluster.brokers.get(node);
      if (!broker) return [`no leader for topic ${mine[0]!.topic} partition ${mine[0]!.partition}`];
      const parcels = mine.map(({ topic, partition, bytes }) => ({ topic, partition, bytes: bytes! }));
      try {
        const receipts = await produce(client, broker, parcels);
        return mine.flatMap((lane) => settle(lane, receipts) ?? []);
      } catch (error) {
        const { words, transient } = faultOf(error, connection);
        if (error instanceof Problem) throw error;
        if (!transient) throw new Problem(1, `Kafka: writing: ${words}`);
        return [words];
      }
    }),
  );
  const first = faults.flat()[0];
  if (first !== undefined) throw new Refusal(first);
}

/** A topic that was made a moment ago is not known to all brokers yet. */
export const TOPIC_TRIES = 5;

function leaderOf(cluster: Cluster, { topic, partition }: Lane): number {
  const place = cluster.topics.get(topic);
  if (!place) throw new MissingTopic(noSuchTopic(topic).message);
  const leader = place.leaders[partition];
  if (leader === undefined)
    throw new Problem(
      3,
      `topic ${topic}: has ${place.leaders.length} partitions, and partition ${partition} is written to`,
    );
  return leader;
}

/** Takes the verdict on a lane's batch; gives words if it has to be sent again. */
function settle(lane: Lane, receipts: readonly Receipt[]): string | undefined {
  const { topic, partition } = lane;
  const receipt = receipts.find((each) => each.topic === topic && each.partition === partition);
  if (!receipt) return `no receipt for topic ${topic} partition ${partition}`;
  const fault = protocolFault(receipt.error, receipt.detail);
  if (receipt.error === 0 || fault.id === THERE_ALREADY) {
    acknowledge(lane);
    return undefined;
  }
  if (TOO_LARGE.has(fault.id ?? '')) {
    if (halve(lane)) return undefined;
    throw tooLarge(lane);
  }
  const words = `topic ${topic} partition ${partition}: ${fault.words}`;
  if (fault.transient) return words;
  if (LOST.has(fault.id ?? ''))
    throw new Problem(
      1,
      `${words}; the brokers lost what they had acknowledged, or the writer was replaced: start again`,
    );
  throw new Problem(1, `${words}; nothing was written after it`);
}

function tooLarge({ topic, queue }: Lane): Problem {
  const { record } = queue[0]!;
  const text = record.key?.toString() ?? '';
  const key = /^[\x20-\x7e]+$/.test(text) ? text : (record.key?.toString('hex') ?? 'none');
  return new Problem(
    1,
    `topic ${topic} key ${key.slice(0, 80)}: record of ${recordBytes(record)} bytes is larger than the topic takes; ` +
      `raise max.message.bytes of the topic`,
  );
}
