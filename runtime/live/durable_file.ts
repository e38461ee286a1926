import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, Problem } from '../../operators/problem.js';

/**
 * Makes an empty file that was not there; false: it was. Of several processes that try, one gets true (O_EXCL). Durable
 * when it resolves.
 */
export async function makeExclusive(path: string): Promise<boolean> {
  try {
    await writeSynced(path, 'wx', Buffer.alloc(0));
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw refused(path, error);
  }
}

/**
 * Puts bytes under a name by way of `temporary`, and what was there under `previous`: a crash at any moment leaves whole
 * files under both names (POSIX rename is atomic), and after it resolves the new one is durable. If the disk refuses, the
 * Problem (1) names the file, and what was there is there still, under one of the two names.
 */
export async function replaceFile(path: string, bytes: Uint8Array, temporary: string, previous: string): Promise<void> {
  try {
    await writeSynced(temporary, 'w', bytes);
    await rename(path, previous).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw refused(path, error);
  }
}

/** The bytes of a file; null: it is not there. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Problem(1, `checkpoint ${path}: cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

export const refused = (path: string, error: unknown): Problem =>
  new Problem(
    1,
    `checkpoint ${path}: cannot be written: ${messageOf(error)}; the one before it stays, make room or give another --state`,
    { cause: error },
  );

async function writeSynced(path: string, flags: 'w' | 'wx', bytes: Uint8Array): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without this a crash may forget the name of a file whose content is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
