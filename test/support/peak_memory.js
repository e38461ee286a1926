// Loaded into the program under test (--import): tells the peak of its memory, in kB, on a pipe of its own.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
