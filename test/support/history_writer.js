// A process that appends windows to a history until it is killed: FILE, and a file of windows as JSON lines. It begins
// anew each time, as a worker does that was killed before its first checkpoint, and says the index of each window once
// it is durable. A third argument: it takes its log into the file after every so many windows.
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { openHistory } from '../../dist/sinks/history/open_history.js';

const [file = '', windows = '', every = 'Infinity'] = process.argv.slice(2);
const history = await openHistory(file);
for (const line of readFileSync(windows, 'utf8').trim().split('\n')) {
  /** @type {unknown} */
  const parsed = JSON.parse(line);
  const window = /** @type {import('../../schemas/page.js').StoredWindow} */ (parsed);
  await history.append(window);
  if (window.report.index % Number(every) === 0) await history.use((connection) => connection.run('CHECKPOINT'));
  process.stdout.write(`${window.report.index}\n`);
}
// Stays, with the file open.
setInterval(() => undefined, 1000);
