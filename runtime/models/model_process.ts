import { fork, type ChildProcess } from 'node:child_process';
import { messageOf, Problem } from '../../operators/problem.js';
import type { Binding, Call, FromWorker, GraphFacts, ToWorker } from './model_messages.js';
import { unopened } from './unopened.js';

/** A model in a process of its own. Calls wait for each other; none blocks the thread that asks. */
export interface ModelProcess {
  readonly facts: GraphFacts;
  readonly bind: (binding: Binding) => void;
  readonly call: (columns: Call['columns'], length: number) => Promise<Float64Array[]>;
  readonly close: () => Promise<void>;
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

const WORKER = new URL('./model_worker.js', import.meta.url);

/** Processes that are there; they end with this thread. */
const running = new Set<ChildProcess>();
const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/**
 * Opens an ONNX file in a process of its own, and not on a thread: a thread inside the runtime cannot be stopped, and
 * Node aborts if it ends one. `timeoutMs`: how long it may take to open the file, or to run one batch of rows; then the
 * process is ended, and everything that was asked of it fails with a Problem (1) that names the model, as it does when
 * the process dies. A file that the runtime refuses is a Problem (2). `signal` ends the process as `close` does, while it
 * is opened, too.
 */
export async function openProcess(
  name: string,
  path: string,
  timeoutMs: number,
  worker = WORKER,
  signal?: AbortSignal,
): Promise<ModelProcess> {
  // 'advanced': typed arrays are sent as they are.
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = fork(worker, { serialization: 'advanced', execArgv: [], stdio: [...stdio] });
  if (running.size === 0) process.on('exit', endAll);
  running.add(child);

  const waiting = new Map<number, Waiting<Float64Array[]>>();
  let opening: Waiting<GraphFacts> | null = null;
  let calls = 0;
  let signs = 0;
  let gone: Error | null = null;
  let watch: NodeJS.Timeout | undefined;

  /** Fails what was asked, and all that will be. */
  const end = (error: Error): void => {
    gone ??= error;
    opening?.reject(gone);
    opening = null;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
    clearTimeout(watch);
    child.kill('SIGKILL');
  };
  const stop = (): void => {
    child.ref();
    end(new Problem(1, `model ${name}: was closed`));
  };
  const late = (): void => {
    const what = opening ? 'it was not opened' : 'no batch of rows was done';
    const error = new Problem(1, `model ${name}: ${what} within ${timeoutMs / 1000} s, so its process was ended`);
    // If this thread was busy, an answer may be there, unread.
    const heard = signs;
    setImmediate(() => {
      setImmediate(() => {
        if (signs === heard) end(error);
      });
    });
  };
  /** After each sign of life. An idle model keeps no process alive. */
  const watchOn = (): void => {
    clearTimeout(watch);
    const busy = opening !== null || waiting.size > 0;
    if (busy) watch = setTimeout(late, timeoutMs);
    child[busy ? 'ref' : 'unref']();
    child.channel?.[busy ? 'ref' : 'unref']();
  };
  const tell = (message: ToWorker): void => {
    // A message that cannot be sent any more: 'exit' follows.
    child.send(message, () => undefined);
  };
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, killed) => {
      end(new Problem(1, `model ${name}: its process ended (${killed ?? `code ${code ?? 0}`})`));
      running.delete(child);
      signal?.removeEventListener('abort', stop);
      if (running.size === 0) process.off('exit', endAll);
      resolve();
    });
    child.once('error', (error) => {
      end(new Problem(1, `model ${name}: its process failed: ${messageOf(error)}`, { cause: error }));
      if (child.pid === undefined) resolve();
    });
  });
  child.on('message', (message) => {
    const told = message as FromWorker;
    signs++;
    if ('facts' in told) {
      opening?.resolve(told.facts);
      opening = null;
    } else if ('unopened' in told) {
      end(unopened(name, path, told.unopened));
    } else if ('id' in told) {
      const call = waiting.get(told.id);
      waiting.delete(told.id);
      if ('outputs' in told) call?.resolve(told.outputs);
      else call?.reject(new Problem(1, `model ${name}: ${told.failed.message}`));
    }
    watchOn();
  });

  const facts = await new Promise<GraphFacts>((resolve, reject) => {
    opening = { resolve, reject };
    watchOn();
    tell({ open: path });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
  }).catch(async (error: unknown) => {
    await ended;
    throw error;
  });
  return {
    facts,
    bind(binding) {
      tell({ bind: binding });
    },
    call: (columns, length) =>
      new Promise((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        const id = calls++;
        waiting.set(id, { resolve, reject });
        if (waiting.size === 1) watchOn();
        tell({ call: { id, length, columns } });
      }),
    async close() {
      stop();
      await ended;
    },
  };
}
