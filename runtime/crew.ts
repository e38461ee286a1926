import { Worker } from 'node:worker_threads';
import { createShard, type Shard, type ShardConfig } from './shard.js';
import { rebuiltError } from './thread_error.js';
import type { Answer, Call } from './worker.js';

/** A shard that answers later: on this thread or on another. */
export type RemoteShard = {
  readonly [Method in keyof Shard]: (...args: Parameters<Shard[Method]>) => Promise<Awaited<ReturnType<Shard[Method]>>>;
};

/** One shard a worker; a single one runs on this thread. The signal ends threads in the middle of a call, which rejects. */
export function createCrew(workers: number, config: ShardConfig, signal?: AbortSignal): RemoteShard[] {
  if (workers <= 1) return [here(createShard(config))];
  const share = { ...config, maxBytes: Math.floor(config.maxBytes / workers) };
  return Array.from({ length: workers }, () => onThread(share, signal));
}

function here(shard: Shard): RemoteShard {
  const later =
    <Args extends unknown[], Result>(method: (...args: Args) => Result) =>
    async (...args: Args): Promise<Awaited<Result>> =>
      await method(...args);
  return {
    read: later(shard.read),
    keys: later(shard.keys),
    drop: later(shard.drop),
    survey: later(shard.survey),
    observe: later(shard.observe),
    local: later(shard.local),
    windowCells: later(shard.windowCells),
    corrected: later(shard.corrected),
    picked: later(shard.picked),
    chunk: later(shard.chunk),
    add: later(shard.add),
    close: later(shard.close),
  };
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

function onThread(config: ShardConfig, signal: AbortSignal | undefined): RemoteShard {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: config, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let onProgress: Parameters<Shard['read']>[1];
  let gone: Error | null = null;
  const cut = (): void => void worker.terminate();
  signal?.addEventListener('abort', cut, { once: true });
  if (signal?.aborted === true) cut();
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    if ('progress' in answer) {
      void onProgress?.(...answer.progress);
      return;
    }
    const call = waiting.get(answer.id)!;
    waiting.delete(answer.id);
    if ('result' in answer) call.resolve(answer.result as never);
    else call.reject(rebuiltError(answer.failed));
  });
  worker.on('error', (error) => {
    fail(error);
  });
  worker.on('exit', (code) => {
    signal?.removeEventListener('abort', cut);
    gone = new Error(`worker thread ended with code ${code}`);
    fail(gone);
  });

  const call = <Result>(method: keyof Shard, ...args: unknown[]): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (gone) {
        reject(gone);
        return;
      }
      const message: Call = { id: calls++, method, args };
      waiting.set(message.id, { resolve, reject });
      worker.postMessage(message);
    });
  return {
    read(slice, progress) {
      onProgress = progress;
      return call('read', slice);
    },
    keys: (...args) => call('keys', ...args),
    drop: (...args) => call('drop', ...args),
    survey: (...args) => call('survey', ...args),
    observe: (...args) => call('observe', ...args),
    local: (...args) => call('local', ...args),
    windowCells: (...args) => call('windowCells', ...args),
    corrected: (...args) => call('corrected', ...args),
    picked: (...args) => call('picked', ...args),
    chunk: (...args) => call('chunk', ...args),
    add: (...args) => call('add', ...args),
    async close() {
      if (gone) return;
      await call('close');
      await worker.terminate();
    },
  };
}
