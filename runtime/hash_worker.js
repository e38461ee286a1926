// SHA-256 of a file, on a thread of its own. Plain JavaScript, so that it runs as it is before compilation, too.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const data = /** @type {unknown} */ (workerData);
const { path } = /** @type {{ path: string }} */ (data);
const file = openSync(path, 'r');
const hash = createHash('sha256');
const block = new Uint8Array(1 << 20);
for (let n = readSync(file, block); n > 0; n = readSync(file, block)) hash.update(block.subarray(0, n));
closeSync(file);
parentPort?.postMessage(hash.digest('hex'));
