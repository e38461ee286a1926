/**
 * `npm run fuzz`: spoiled Avro and Arrow messages through the decoder of the wire, one by one, in a process whose heap is
 * bounded. Counts what was read and what was bad, by reason; ends with 1 after a crash, a message that takes over a second,
 * a message that is neither read nor bad, or more memory than the cap.
 *
 * Options: --messages N, --seed N, --cap MB (of the resident set), --json
 */
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageFolder } from '../../cli/version.js';
import { fuzz, type Fuzzed } from './fuzz_messages.js';

const SLOW_MS = 1000;
/** Of the process that decodes: V8's old space. */
const HEAP_MB = 256;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    cap: { type: 'string', default: '512' },
    json: { type: 'boolean', default: false },
  },
});

/** Messages of another writer, some with compressed buffers; none where the tests are not. */
function compressed(): Buffer[] {
  const folder = join(packageFolder(), 'test', 'fixtures', 'wire', 'arrow');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.arrows')) : [];
  return names.sort().map((name) => readFileSync(join(folder, name)));
}

async function main(): Promise<void> {
  if (process.send) {
    const send = process.send.bind(process);
    send(await fuzz(Number(values.messages), Number(values.seed), (number) => send(number), compressed()));
    process.disconnect();
    return;
  }
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
  });
  const found: { reached: number; result: Fuzzed | null } = { reached: 0, result: null };
  const failed = await new Promise<string | null>((resolve) => {
    const stopped = (): void => {
      child.kill('SIGKILL');
      resolve(`no progress after message ${found.reached}`);
    };
    // A loop without an end is seen from outside only; a machine may be busy for long.
    let limit = setTimeout(stopped, 60 * SLOW_MS);
    child.on('message', (said: number | Fuzzed) => {
      clearTimeout(limit);
      limit = setTimeout(stopped, 60 * SLOW_MS);
      if (typeof said === 'number') found.reached = said;
      else found.result = said;
    });
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      resolve(
        code === 0 && found.result
          ? null
          : `the decoder's process ended with ${signal ?? String(code)} after message ${found.reached}`,
      );
    });
  });
  const { result } = found;
  if (result) show(result);
  const why = failed ?? (result && verdict(result));
  if (why === null) return;
  process.stderr.write(`fuzz: seed ${values.seed}: ${why}\n`);
  process.exitCode = 1;
}

function verdict({ slowest, peakMegabytes }: Fuzzed): string | null {
  if (slowest.ms > SLOW_MS) return `message ${slowest.number} took ${slowest.ms} ms`;
  return peakMegabytes > Number(values.cap) ? `${peakMegabytes} MB of memory, cap ${values.cap}` : null;
}

function show(result: Fuzzed): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { bad, slowest, ...rest } = result;
  console.table({ ...rest, slowestMs: slowest.ms });
  const rows = Object.entries(bad).sort((a, b) => b[1] - a[1]);
  console.table(rows.map(([reason, messages]) => ({ messages, reason })));
}

await main();
