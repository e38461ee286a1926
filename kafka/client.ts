import {
  apiVersionsV3,
  ConnectionPool,
  NetworkError,
  type API,
  type Broker,
  type Connection,
} from '@platformatic/kafka';
import { Problem } from '../operators/problem.js';
import { brokerOf, clientOptions, type KafkaConnection } from './connection.js';
import { faultOf } from './fault.js';

/** Version that is spoken of each request, by the protocol's number of it. All are in Apache Kafka 3.5 to 4.x. */
const SPOKEN: ReadonlyMap<number, number> = new Map([
  [0, 9], // Produce
  [1, 15], // Fetch
  [2, 7], // ListOffsets
  [3, 12], // Metadata
  [8, 8], // OffsetCommit
  [10, 4], // FindCoordinator
  [11, 9], // JoinGroup
  [12, 4], // Heartbeat
  [13, 5], // LeaveGroup
  [14, 5], // SyncGroup
  [19, 7], // CreateTopics
  [20, 6], // DeleteTopics
  [22, 4], // InitProducerId
]);

const ANSWER_MS = 15_000;

/**
 * Connections to the brokers of one cluster, made as they are asked for. There are no retries in it: after an error,
 * close it and open another. Requests to one broker are answered in turn.
 */
export interface Client {
  /** A connection to a broker; none given: to the first of those named that lets us in. */
  readonly connect: (to?: Broker) => Promise<Connection>;
  /** Sends a request and gives its answer; after `limitMs` the connection is cut and it fails. */
  readonly call: <Args extends unknown[], Answer>(
    to: Broker | undefined,
    api: API<Args, Answer>,
    args: Args,
    limitMs?: number,
  ) => Promise<Answer>;
  /** Cuts all connections; requests under way fail. */
  readonly close: () => void;
}

export function openClient(connection: KafkaConnection): Client {
  const pool = new ConnectionPool(connection.clientId, clientOptions(connection));
  // A socket may fail twice, and an error that nobody listens to would end the process.
  pool.on('connecting', ({ connection: opening }) => opening.on('error', () => undefined));
  let home: Promise<Broker> | undefined;

  const connect = async (to?: Broker): Promise<Connection> =>
    pool.get(to ?? (await (home ??= findHome(pool, connection))));

  return {
    connect,
    call: async (to, api, args, limitMs = ANSWER_MS) => {
      const at = await connect(to);
      return withLimit(at, limitMs, () => api.async(at, ...args));
    },
    close: () => {
      const open = [...pool].map(([, each]) => each);
      pool.close(() => undefined);
      for (const each of open) (each.socket as typeof each.socket | undefined)?.destroy();
    },
  };
}

/** Cuts the connection if `work` takes longer: an answer that comes late would be taken for another's. */
export async function withLimit<T>(connection: Connection, limitMs: number, work: () => Promise<T>): Promise<T> {
  const limit = { passed: false };
  const timer = setTimeout(() => {
    limit.passed = true;
    connection.socket.destroy();
  }, limitMs);
  try {
    return await work();
  } catch (error) {
    throw limit.passed
      ? new NetworkError(`Connection to ${connection.host ?? ''}:${connection.port ?? 0} timed out.`)
      : error;
  } finally {
    clearTimeout(timer);
  }
}

/** The first broker that lets us in. A refusal that will not pass is not tried on the others: one wrong password, one try. */
async function findHome(pool: ConnectionPool, connection: KafkaConnection): Promise<Broker> {
  const errors: unknown[] = [];
  for (const broker of connection.brokers.map(brokerOf)) {
    try {
      const at = await pool.get(broker);
      const { apiKeys } = await withLimit(at, ANSWER_MS, () => apiVersionsV3.api.async(at, 'regimewatch', '1'));
      for (const [key, version] of SPOKEN) {
        const range = apiKeys.find((each) => each.apiKey === key);
        if (range && range.minVersion <= version && version <= range.maxVersion) continue;
        throw new Problem(1, `broker ${broker.host}:${broker.port}: too old or too new; Kafka 3.5 to 4.x is spoken`);
      }
      return broker;
    } catch (error) {
      if (!faultOf(error, connection).transient) throw error;
      errors.push(error);
    }
  }
  throw new AggregateError(errors, 'Connection to any broker failed.');
}
