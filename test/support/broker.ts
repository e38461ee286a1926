import { afterAll } from 'vitest';
import { startBroker, type Broker, type BrokerOptions } from '../../docker/kafka/broker.js';
import { haveJars } from '../../docker/kafka/jars.js';
import { javaMissing } from '../../docker/kafka/java.js';

/**
 * Whether tests against a real broker can run here: `describe.skipIf(!brokerOrSkip())`.
 * If not, one line says why; where CI is true they have to run, so that there it throws.
 */
export function brokerOrSkip(): boolean {
  const why = javaMissing() ?? (haveJars() ? undefined : 'docker/kafka/lib: missing; npm run kafka fetches it');
  if (why === undefined) return true;
  if (process.env['CI'] === 'true') throw new Error(`broker tests cannot run: ${why}`);
  process.stderr.write(`broker tests skipped: ${why}\n`);
  return false;
}

const started: Promise<Broker>[] = [];

/**
 * Starts a broker (call it in `beforeAll` or in a test); it is stopped and deleted after the test module's last test.
 * Java's first compiler alone: a broker that lives for seconds starts with a third less processor time.
 */
export function startTestBroker(options: BrokerOptions = {}): Promise<Broker> {
  const broker = startBroker({ javaOptions: ['-XX:TieredStopAtLevel=1'], ...options });
  started.push(broker);
  return broker;
}

// Registered as the test module imports this one: a hook that a running hook registers would not run.
afterAll(async () => {
  for (const each of await Promise.allSettled(started)) if (each.status === 'fulfilled') await each.value.stop();
});
