import { Worker } from 'node:worker_threads';
import type { CardRows } from '../probe/objective.js';
import { rebuiltError, type ToldError } from '../thread_error.js';
import type { ProbedMargins } from './probe_rows.js';
import type { Prober, ProberConfig } from './prober.js';

/** How long a thread may take to end its model, and itself. */
const CLOSE_MS = 2000;

export type ProberCall = 'close' | { readonly id: number; readonly rows: CardRows };
export type ProberAnswer =
  { readonly id: number; readonly result: ProbedMargins } | { readonly id: number; readonly failed: ToldError };

/** A prober on a thread; a thread that ends fails what it was asked. */
export function threadProber(config: ProberConfig): Prober {
  const worker = new Worker(new URL('./probe_worker.js', import.meta.url), { workerData: config, execArgv: [] });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve();
    });
  });
  const waiting = new Map<number, { resolve: (found: ProbedMargins) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let gone: Error | null = null;
  const fail = (error: Error): void => {
    gone ??= error;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('message', (answer: ProberAnswer) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('result' in answer) call?.resolve(answer.result);
    else call?.reject(rebuiltError(answer.failed));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => {
    fail(new Error(`probe ${config.name}: its thread ended with code ${code}`));
  });
  return {
    probe: (rows) =>
      new Promise((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        const id = calls++;
        waiting.set(id, { resolve, reject });
        const message: ProberCall = { id, rows };
        worker.postMessage(message);
      }),
    async close() {
      const message: ProberCall = 'close';
      worker.postMessage(message);
      // A thread that does not listen is ended from here; the model's process then goes when it misses the thread.
      const limit = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await ended;
      clearTimeout(limit);
    },
  };
}
