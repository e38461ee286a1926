import type { BaseOptions, Broker } from '@platformatic/kafka';

/** How to reach the brokers. Secrets are here and nowhere else: never in a pipeline, a message of ours or a metric. */
export interface KafkaConnection {
  /** host:port of some brokers; the rest is learned from them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** null: no TLS. PEM texts; without `ca` the system's certificates are trusted. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string } | null;
  readonly sasl: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
    readonly username: string;
    readonly password: string;
  } | null;
}

/** A broker that does not answer, and what is done about it. */
export interface Retry {
  readonly what: string;
  readonly attempt: number;
  readonly waitMs: number;
  readonly error: string;
}

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
