import { ProtocolError, produceV9, ResponseError, Writer, type Broker } from '@platformatic/kafka';
import { groupBy } from '../../kafka/group_by.js';
import { withLimit, type Client } from '../../kafka/client.js';

/** One record batch on its way to one partition. */
export interface Parcel {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
}

/** The broker's verdict on a parcel; `error` is the protocol's number, 0: it is in the log of all replicas in sync. */
export interface Receipt {
  readonly topic: string;
  readonly partition: number;
  readonly error: number;
  readonly detail: string | null;
}

type Answer = ReturnType<typeof produceV9.parseResponse>;

const PRODUCE = 0;
const VERSION = 9;
const ALL_IN_SYNC = -1;
/** How long a broker may wait for its replicas, and how long we wait for the broker. */
const REPLICAS_MS = 10_000;
const ANSWER_MS = 20_000;

/** Sends parcels to the broker that leads their partitions: at most one a partition. */
export async function produce(client: Client, broker: Broker, parcels: readonly Parcel[]): Promise<Receipt[]> {
  const topics = [...groupBy(parcels, ({ topic }) => topic)];
  const request = (): Writer =>
    Writer.create()
      .appendString(null)
      .appendInt16(ALL_IN_SYNC)
      .appendInt32(REPLICAS_MS)
      .appendArray(topics, (out, [topic, mine]) =>
        out.appendString(topic).appendArray(mine, (each, { partition, bytes }) => {
          each
            .appendInt32(partition)
            .appendUnsignedVarInt(bytes.length + 1)
            .append(bytes);
        }),
      )
      .appendTaggedFields();
  const connection = await client.connect(broker);
  const answer = await withLimit(
    connection,
    ANSWER_MS,
    () =>
      new Promise<Answer>((resolve, reject) => {
        connection.send<Answer>(PRODUCE, VERSION, request, produceV9.parseResponse, true, true, (error, payload) => {
          if (error) reject(error);
          else resolve(payload!);
        });
      }),
  ).catch(partly);
  return answer.responses.flatMap(({ name, partitionResponses }) =>
    partitionResponses.map((each) => ({
      topic: name,
      partition: each.index,
      error: each.errorCode,
      detail: each.errorMessage ?? null,
    })),
  );
}

/** One refused parcel makes an exception of the whole answer to the library. */
function partly(error: unknown): Answer {
  const inside = error instanceof ResponseError && error.errors.some((each) => each instanceof ProtocolError);
  if (inside && 'response' in error) return error.response as Answer;
  throw error;
}
