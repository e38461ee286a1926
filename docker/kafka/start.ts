import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, Problem, wrongPipeline } from '../../operators/problem.js';
import { startBroker } from './broker.js';
import { fetchJars, haveJars } from './jars.js';
import { javaMissing } from './java.js';

const usage = 'usage: npm run kafka -- [--port N] [--secure]';
const user = 'regimewatch';

function options(): { port?: number; secure: boolean } {
  let given;
  try {
    given = parseArgs({ options: { port: { type: 'string' }, secure: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw wrongPipeline(`${messageOf(error)}; ${usage}`, error);
  }
  const { port, secure } = given;
  if (port === undefined) return { secure };
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    throw wrongPipeline(`--port ${port}: not a port; give a number from 1 to 65535`);
  return { port: Number(port), secure };
}

async function main(): Promise<void> {
  const { secure, ...address } = options();
  const missing = javaMissing();
  if (missing !== undefined) throw new Problem(1, missing);
  if (!haveJars()) {
    process.stdout.write('docker/kafka/lib: missing; fetching Apache Kafka with Maven (54 MB)\n');
    await fetchJars();
  }
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
  const password = randomBytes(18).toString('base64url');
  const broker = await startBroker(
    secure ? { ...address, listener: 'sasl_ssl', users: [{ name: user, password }] } : address,
  );
  let login = '';
  if (secure) {
    const file = join(broker.folder, 'password');
    writeFileSync(file, password, { mode: 0o600 });
    login = ` (SASL_SSL; user ${user}, password in ${file}, certificate to trust ${broker.ca ?? ''})`;
  }
  process.stdout.write(
    `Kafka broker at ${broker.bootstrap}${login}, its data in ${broker.folder}; Ctrl-C stops it and deletes the data\n`,
  );
  const crashed = await Promise.race([asked.then(() => false), broker.ended().then(() => true)]);
  const log = broker.log();
  await broker.stop();
  if (crashed) throw new Problem(1, `Kafka broker ${broker.bootstrap}: ended by itself; its log ends: ${log}`);
}

await main().catch((error: unknown) => {
  process.stderr.write(`kafka: ${messageOf(error)}\n`);
  process.exitCode = error instanceof Problem ? error.exitCode : 1;
});
