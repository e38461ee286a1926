import { parentPort, workerData } from 'node:worker_threads';
import { toldError, type ToldError } from './thread_error.js';
import { createShard, type Shard, type ShardConfig, type Slice } from './shard.js';

/** One call of a shard's method, and the answer to it: what goes between the crew and a worker thread. */
export interface Call {
  readonly id: number;
  readonly method: keyof Shard;
  readonly args: readonly unknown[];
}
export type Answer =
  | { readonly progress: readonly [events: number, bytes: number] }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failed: ToldError };

const port = parentPort!;
const shard = createShard(workerData as ShardConfig);
const answer = (message: Answer): void => {
  port.postMessage(message);
};

port.on('message', ({ id, method, args }: Call) => {
  const run = async (): Promise<unknown> => {
    if (method === 'read')
      return shard.read(args[0] as Slice, (...progress) => {
        answer({ progress });
      });
    return (shard[method] as (...args: readonly unknown[]) => unknown)(...args);
  };
  run().then(
    (result) => {
      answer({ id, result });
    },
    (error: unknown) => {
      answer({ id, failed: toldError(error) });
    },
  );
});
