import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerOptions } from './broker.js';
import { makeCertificate } from './certificate.js';
import { clusterId } from './cluster_id.js';
import { freePort } from './free_port.js';
import { jars } from './jars.js';
import { argumentFile, runJava } from './java.js';
import { serverProperties } from './settings.js';
import { scramArguments, type User } from './users.js';

/** What a formatted folder holds and how its broker is reached. */
export interface Prepared {
  readonly bootstrap: string;
  readonly cluster: string;
  readonly ca?: string;
  /** The login that the broker itself uses, with a secure listener. */
  readonly self?: User;
  /** The launcher's argument file that starts the broker. */
  readonly launch: string;
  readonly log: string;
}

const secret = (): string => randomBytes(24).toString('hex');

/**
 * Writes server.properties, the certificate and the launcher's arguments to the folder, and formats the data folder.
 * What holds a password is readable by its owner alone, and no password is among a program's arguments.
 */
export async function prepare(folder: string, options: BrokerOptions): Promise<Prepared> {
  const { listener = 'plaintext', users = [], heapMb = 384 } = options;
  const port = options.port ?? (await freePort([]));
  const controllerPort = await freePort([port]);
  const self = { name: 'broker', password: secret() };
  const tls = listener === 'sasl_ssl' ? await makeCertificate(folder, secret()) : undefined;
  const properties = join(folder, 'server.properties');
  const settings = { listener, port, controllerPort, data: join(folder, 'data'), users, self, ...(tls && { tls }) };
  writeFileSync(properties, serverProperties(settings), { mode: 0o600 });

  const java = ['-Xms128m', `-Xmx${heapMb}m`, '-XX:+UseSerialGC', '-cp', join(jars, '*')];
  const cluster = clusterId();
  const format = ['format', '--config', properties, '--cluster-id', cluster, '--standalone'];
  const scram = listener === 'plaintext' ? [] : scramArguments(users);
  const file = join(folder, 'format.args');
  // The first compiler alone: it takes a third off the processor time of a program this short.
  await runJava(
    file,
    [...java, '-XX:TieredStopAtLevel=1', 'kafka.tools.StorageTool', ...format, ...scram],
    'Kafka StorageTool',
  );

  const launch = join(folder, 'broker.args');
  const level = '-Dorg.apache.logging.log4j.level=WARN';
  writeFileSync(launch, argumentFile([...java, level, ...(options.javaOptions ?? []), 'kafka.Kafka', properties]), {
    mode: 0o600,
  });
  return {
    bootstrap: `127.0.0.1:${port}`,
    cluster,
    launch,
    log: join(folder, 'broker.log'),
    ...(tls && { ca: tls.certificate }),
    ...(listener !== 'plaintext' && { self }),
  };
}
