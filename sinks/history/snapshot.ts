import { constants, copyFileSync, existsSync, mkdtempSync, openSync, closeSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../operators/problem.js';

/** The three headers at the start of a file; each checkpoint, which alone changes what they lead to, numbers them anew. */
export const HEADERS = 3 * 4096;
const TRIES = 20;

function headersOf(path: string): Buffer {
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEADERS);
    return bytes.subarray(0, readSync(handle, bytes, 0, HEADERS, 0));
  } finally {
    closeSync(handle);
  }
}

/**
 * A copy of a history that another process writes, as it was at an instant: the file, and of its log of transactions as
 * much as there was. Without a checkpoint in between (the headers tell) both belong together, and a transaction that was
 * cut is left out. Give `remove` when done.
 */
export function snapshot(path: string): { copy: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'regimewatch-history-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const copy = join(folder, 'history.duckdb');
  try {
    for (let i = 0; i < TRIES; i++) {
      rmSync(`${copy}.wal`, { force: true });
      const before = headersOf(path);
      copyFileSync(path, copy, constants.COPYFILE_FICLONE);
      if (existsSync(`${path}.wal`)) copyIfThere(`${path}.wal`, `${copy}.wal`);
      if (headersOf(path).equals(before)) return { copy, remove };
    }
  } catch (error) {
    remove();
    throw error;
  }
  remove();
  throw new Problem(3, `history ${path}: in use, and never still long enough to be copied: try again`);
}

/** A log ends with the checkpoint that takes it up: then the headers have changed too. */
function copyIfThere(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
