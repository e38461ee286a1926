import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, Problem } from '../operators/problem.js';

/**
 * Runs a bench in a temporary folder, which goes with it: what is put there is large. A signal from the terminal ends the
 * program that is running just then, and the run with it.
 */
export async function inFolder(prefix: string, bench: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('SIGINT', () => {
    remove();
    process.exit(130);
  });
  try {
    await bench(folder);
  } catch (thrown) {
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exitCode = thrown instanceof Problem ? thrown.exitCode : 1;
  } finally {
    remove();
  }
}
