import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, Problem } from '../../operators/problem.js';
import type { CardRows } from '../probe/objective.js';
import { createProber, type ProberAnswer, type ProberConfig } from './prober.js';

const port = parentPort!;
const prober = createProber(workerData as ProberConfig);
// Who is asked tells what failed.
prober.catch(() => undefined);

port.on('message', ({ id, rows }: { id: number; rows: CardRows }) => {
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
        const exitCode = error instanceof Problem ? error.exitCode : undefined;
        answer({ id, failed: { message: messageOf(error), exitCode } });
      },
    );
});
