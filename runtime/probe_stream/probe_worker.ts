import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { toldError } from '../thread_error.js';
import { createProber, type ProberConfig } from './prober.js';
import type { ProberAnswer, ProberCall } from './thread_prober.js';

const port = parentPort!;
const config = workerData as ProberConfig;
/** Beside a live stream: the stream goes first. On Linux alone is this of the thread, and of the model that it starts. */
const NICE = 10;
if (config.cpu < 1 && process.platform === 'linux') setPriority(Math.max(NICE, getPriority()));

const ending = new AbortController();
const prober = createProber(config, ending);
// Who is asked tells what failed.
prober.catch(() => undefined);

async function close(): Promise<void> {
  ending.abort();
  await (await prober.catch(() => null))?.close();
  port.close();
}

port.on('message', (call: ProberCall) => {
  if (call === 'close') {
    void close();
    return;
  }
  const { id, rows } = call;
  const answer = (message: ProberAnswer): void => {
    port.postMessage(message);
  };
  prober
    .then((ready) => ready.probe(rows))
    .then(
      (result) => {
        answer({ id, result });
      },
      (error: unknown) => {
        answer({ id, failed: toldError(error) });
      },
    );
});
