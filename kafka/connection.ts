import type { BaseOptions, Broker } from '@platformatic/kafka';
import type { KafkaConnection } from '../sources/kafka/types.js';

export type { KafkaConnection, Retry } from '../sources/kafka/types.js';

/** How long a broker may take to let a client in. */
const CONNECT_MS = 5000;

/**
 * A request that takes longer than the library's own limit leaves its connection unusable (the late answer is read as
 * that of the next request), so the limit is set beyond reach and every request here has one of its own.
 */
const NEVER_MS = 2 ** 31 - 1;

/** The library's options: no retries of its own, no topics made by asking for them. */
export const clientOptions = (connection: KafkaConnection): BaseOptions => ({
  clientId: connection.clientId,
  bootstrapBrokers: [...connection.brokers],
  connectTimeout: CONNECT_MS,
  requestTimeout: NEVER_MS,
  retries: false,
  autocreateTopics: false,
  ...(connection.tls && { tls: { ...connection.tls } }),
  ...(connection.sasl && { sasl: { ...connection.sasl } }),
});

/** `host:port`, or `[::1]:port`. */
export function brokerOf(text: string): Broker {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}
