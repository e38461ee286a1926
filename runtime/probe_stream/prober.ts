import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Problem, wrongPipeline, type ExitCode } from '../../operators/problem.js';
import type { Probe } from '../../schemas/pipeline.js';
import { loadCard } from '../models/card_file.js';
import { openModel } from '../models/open_model.js';
import type { CardRows } from '../probe/objective.js';
import { probeRows, type ProbedMargins } from './probe_rows.js';

/** Plain data, so that it can be sent to a thread. */
export interface ProberConfig {
  readonly name: string;
  readonly probe: Probe;
  /** Path of the card. */
  readonly card: string;
  /** Share of one core that may be used. */
  readonly cpu: number;
}

/** Probes events, here or on a thread of its own; the model has another. Calls wait for each other. */
export interface Prober {
  readonly probe: (rows: CardRows) => Promise<ProbedMargins>;
  readonly close: () => Promise<void>;
}

/** Opens the model. A wrong card or model is a Problem (2). */
export async function createProber({ name, probe, card: path, cpu }: ProberConfig): Promise<Prober> {
  const loaded = await loadCard(path);
  if (probe.card_hash !== undefined && loaded.hash !== probe.card_hash)
    throw wrongPipeline(`probes.${name}: its card ${probe.card} changed after the pipeline was read; start again`);
  const model = await openModel(loaded);
  let last: Promise<unknown> = Promise.resolve();
  return {
    probe(rows) {
      const next = last.then(() => probeRows(probe, loaded.card, model, rows, restful(cpu)));
      last = next.catch(() => undefined);
      return next;
    },
    async close() {
      await last;
      await model.close();
    },
  };
}

/** Between the steps of a search: rests so long that of all time only a share was worked. */
function restful(cpu: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    const worked = performance.now() - since;
    if (cpu < 1) await pause(worked * (1 / cpu - 1));
    since = performance.now();
  };
}

export type ProberAnswer =
  | { readonly id: number; readonly result: ProbedMargins }
  | { readonly id: number; readonly failed: { readonly message: string; readonly exitCode: number | undefined } };

/** A prober on a thread; a thread that ends fails what it was asked. */
export function threadProber(config: ProberConfig): Prober {
  const worker = new Worker(new URL('./probe_worker.js', import.meta.url), { workerData: config, execArgv: [] });
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
    else call?.reject(failure(answer.failed));
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
        worker.postMessage({ id, rows });
      }),
    async close() {
      await worker.terminate();
    },
  };
}

const failure = ({ message, exitCode }: { message: string; exitCode: number | undefined }): Error =>
  exitCode === undefined ? new Error(message) : new Problem(exitCode as ExitCode, message);
