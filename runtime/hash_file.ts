import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { messageOf, wrongSample } from '../operators/problem.js';

/** SHA-256 (hex) of a sample; one without bytes (the generator's) is named by its description. */
export async function hashSample(path: string, bytes: number): Promise<string> {
  if (bytes === 0) return createHash('sha256').update(path).digest('hex');
  const worker = new Worker(new URL('./hash_worker.js', import.meta.url), { workerData: { path } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => {
      reject(wrongSample(`sample ${path}: ${messageOf(error)}`, error));
    });
  });
}
