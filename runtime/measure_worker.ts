import { parentPort, workerData } from 'node:worker_threads';
import { simulateHere, type RunTask } from './measure_checks.js';

// Runs without drift on a thread of its own, each told as it ends.
await simulateHere(workerData as RunTask, (run) => {
  parentPort!.postMessage(run);
});
