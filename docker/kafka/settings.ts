import { mechanisms, type User } from './users.js';

/** `sasl_ssl` and `sasl_plaintext` ask for a user's password (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512). */
export type Listener = 'plaintext' | 'sasl_plaintext' | 'sasl_ssl';

export interface Settings {
  readonly listener: Listener;
  readonly port: number;
  readonly controllerPort: number;
  readonly data: string;
  /** Whom clients may log in as, and whom the broker logs in to itself as. */
  readonly users: readonly User[];
  readonly self: User;
  /** Key store in PKCS12 (with its password) and certificate in PEM, for `sasl_ssl`. */
  readonly tls?: { readonly keystore: string; readonly password: string; readonly certificate: string };
}

/** The largest record batch in bytes; topics, fetches and replication follow it. */
export const maxMessageBytes = 20 * 1024 * 1024;

/** The text of server.properties: one KRaft node, broker and controller, for one machine. */
export function serverProperties(settings: Settings): string {
  const { listener, port, controllerPort, data } = settings;
  const secure = listener !== 'plaintext';
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    listeners: `CLIENT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENT',
    'listener.security.protocol.map': `CLIENT:${listener.toUpperCase()},CONTROLLER:${secure ? 'SASL_PLAINTEXT' : 'PLAINTEXT'}`,
    'log.dirs': data,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    // Tests with workers that come, go and freeze should not wait for timeouts meant for a data centre.
    'group.initial.rebalance.delay.ms': 100,
    'group.min.session.timeout.ms': 1000,
    // A killed broker may come back as soon as its last registration has lapsed (default 9 s).
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    'auto.create.topics.enable': 'false',
    'message.max.bytes': maxMessageBytes,
    'replica.fetch.max.bytes': maxMessageBytes,
    'fetch.max.bytes': 4 * maxMessageBytes,
    // Compacted topics: cleaned within seconds, and with a buffer that fits the small heap (default 128 MB).
    'log.cleaner.backoff.ms': 1000,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
    'num.network.threads': 2,
    'num.io.threads': 4,
    ...(secure ? saslProperties(settings) : {}),
    ...(settings.tls ? tlsProperties(settings.tls) : {}),
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
}

function saslProperties({ users, self }: Settings): Record<string, string> {
  const module = 'org.apache.kafka.common.security';
  const known = [self, ...users].map(({ name, password }) => ` user_${name}="${password}"`).join('');
  const plain = `${module}.plain.PlainLoginModule required username="${self.name}" password="${self.password}"${known};`;
  const scram = `${module}.scram.ScramLoginModule required;`;
  return {
    'sasl.enabled.mechanisms': mechanisms.join(','),
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': plain,
    'listener.name.client.plain.sasl.jaas.config': plain,
    'listener.name.client.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.client.scram-sha-512.sasl.jaas.config': scram,
  };
}

const tlsProperties = (tls: NonNullable<Settings['tls']>): Record<string, string> => ({
  'ssl.keystore.type': 'PKCS12',
  'ssl.keystore.location': tls.keystore,
  'ssl.keystore.password': tls.password,
  'ssl.key.password': tls.password,
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': tls.certificate,
});
