import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { messageOf, wrongSample } from '../operators/problem.js';
import type { KafkaAccess } from '../sources/kafka/access.js';
import { isKafkaPath } from '../sources/kafka/log_range.js';

/** SHA-256 (hex) of a sample; one without bytes (the generator's) is named by its description. */
export async function hashSample(path: string, bytes: number, kafka?: KafkaAccess): Promise<string> {
  if (isKafkaPath(path)) return (await import('../sources/kafka/hash_range.js')).hashRange(path, kafka);
  if (bytes === 0) return createHash('sha256').update(path).digest('hex');
  const worker = new Worker(new URL('./hash_worker.js', import.meta.url), { workerData: { path }, execArgv: [] });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => {
      reject(wrongSample(`sample ${path}: ${messageOf(error)}`, error));
    });
  });
}

const ENDS = 1 << 20;

/** SHA-256 (hex) of the size, the first and the last MiB of a sample: quick for any size. */
export async function fingerprint(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256').update(`${bytes}\n`);
  if (bytes === 0) return hash.update(path).digest('hex');
  const file = await open(path);
  try {
    for (const at of [0, Math.max(0, bytes - ENDS)]) {
      const { buffer, bytesRead } = await file.read(new Uint8Array(ENDS), 0, ENDS, at);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
