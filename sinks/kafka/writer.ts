import { openClient, type Client } from '../../kafka/client.js';
import { askCluster, type Cluster } from '../../kafka/cluster.js';
import type { KafkaConnection } from '../../kafka/connection.js';
import { faultOf } from '../../kafka/fault.js';
import { backOffMs, closedProblem, pause, type Persistence } from '../../kafka/persist.js';
import { messageOf, Problem } from '../../operators/problem.js';
import { newLane, type Lane } from './lane.js';
import type { Compression, OutRecord } from './record_batch.js';
import { choose, MissingTopic, newProducer, Refusal, sendRound, TOPIC_TRIES, type Producer } from './round.js';
import { newTicket, type Ticket } from './ticket.js';

/**
 * Writes records to partitions, each once and in the order of the calls. `write` resolves when the brokers have its
 * records on all replicas in sync (acks=all), and rejects with the Problem that ended the writer: nothing is written
 * after it. A broker that is gone or refuses for a time is tried again for ever.
 */
export interface RecordWriter {
  readonly write: (records: readonly OutRecord[]) => Promise<void>;
  /** Resolves when all that was written so far is acknowledged. */
  readonly flush: () => Promise<void>;
  /** Ends at once: writes that are not acknowledged reject, though their records may be in the log. */
  readonly close: () => Promise<void>;
}

export interface WriterOptions extends Persistence {
  /** Default none. */
  readonly compression?: Compression;
}

interface Session {
  readonly client: Client;
  /** What the cluster was asked about. */
  topics: ReadonlySet<string>;
  cluster: Cluster | undefined;
}

const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${partition} ${topic}`;

/** The Problem if trying again cannot help. */
function lasting(error: unknown, failures: number, connection: KafkaConnection): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof MissingTopic && failures >= TOPIC_TRIES) return new Problem(3, error.message);
  if (error instanceof Refusal) return undefined;
  const { words, transient } = faultOf(error, connection);
  return transient ? undefined : new Problem(1, `Kafka: writing: ${words}`);
}

/**
 * What waits while a request is under way goes together in the next, one batch a partition. After a fault the same bytes
 * are sent again with the same producer and sequence (KIP-98), so nothing is written twice while this process lives.
 * Opens no connection before the first write.
 */
export function openWriter(
  connection: KafkaConnection,
  { onRetry, signal, compression = 'none' }: WriterOptions,
): RecordWriter {
  const closing = new AbortController();
  const lanes = new Map<string, Lane>();
  const tickets = new Set<Ticket>();
  let producer: Producer | undefined;
  let session: Session | undefined;
  let ended: Problem | undefined;
  let pumping = false;

  const reset = (): void => {
    session?.client.close();
    session = undefined;
  };
  const end = (problem: Problem): void => {
    ended ??= problem;
    closing.abort();
    reset();
    for (const ticket of tickets) ticket.failed(ended);
    tickets.clear();
    lanes.clear();
  };
  const abort = (): void => {
    end(closedProblem('writing'));
  };
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();

  const enqueue = (record: OutRecord, ticket: Ticket): void => {
    const place = placeOf(record);
    let lane = lanes.get(place);
    if (!lane) lanes.set(place, (lane = newLane(record.topic, record.partition)));
    lane.queue.push({ record, ticket });
  };

  const round = async (): Promise<void> => {
    const now = (session ??= { client: openClient(connection), topics: new Set(), cluster: undefined });
    producer ??= await newProducer(now.client);
    const topics = new Set([...lanes.values()].map(({ topic }) => topic));
    if (!now.cluster || [...topics].some((topic) => !now.topics.has(topic))) {
      now.cluster = await askCluster(now.client, [...topics]);
      now.topics = topics;
    }
    const waiting = [...lanes.values()].filter(({ queue, topic }) => queue.length > 0 && now.topics.has(topic));
    const chosen = choose(waiting, producer, compression, Date.now());
    // Those that are served go to the back.
    for (const lane of chosen) {
      lanes.delete(placeOf(lane));
      lanes.set(placeOf(lane), lane);
    }
    await sendRound(now.client, now.cluster, chosen, connection);
  };

  const pump = async (): Promise<void> => {
    for (let failures = 0; tickets.size > 0;) {
      try {
        await round();
        failures = 0;
      } catch (error) {
        if (ended !== undefined) return;
        const problem = lasting(error, failures, connection);
        if (problem) {
          end(problem);
          return;
        }
        reset();
        const waitMs = backOffMs(++failures, connection.clientId);
        const words = error instanceof Refusal ? error.message : faultOf(error, connection).words;
        onRetry({ what: 'writing', attempt: failures, waitMs, error: words });
        await pause(waitMs, closing.signal);
      }
      for (const ticket of tickets) if (ticket.left === 0) tickets.delete(ticket);
    }
    pumping = false;
  };

  const write = async (records: readonly OutRecord[]): Promise<void> => {
    if (ended !== undefined) throw ended;
    if (records.length === 0) return;
    const ticket = newTicket(records.length);
    tickets.add(ticket);
    for (const record of records) enqueue(record, ticket);
    if (!pumping) {
      pumping = true;
      // Writes of the same turn of the event loop go together.
      queueMicrotask(() => {
        pump().catch((error: unknown) => {
          end(error instanceof Problem ? error : new Problem(1, `Kafka: writing: ${messageOf(error)}`));
        });
      });
    }
    await ticket.promise;
  };

  return {
    write,
    flush: async () => {
      if (ended !== undefined) throw ended;
      await Promise.all([...tickets].map(({ promise }) => promise));
    },
    close: () => {
      end(closedProblem('writing'));
      return Promise.resolve();
    },
  };
}
