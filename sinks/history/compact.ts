import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { openDatabase } from './database.js';
import { problemOfFile } from './file_problem.js';
import { STORAGE } from './instance.js';

/**
 * Writes a history anew, without the space of what retention took, and puts it in the place of the old one once it is on
 * the disk. Returns the bytes before and after.
 */
export async function compact(file: string): Promise<{ before: number; after: number }> {
  const before = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const { connection, close, path } = await openDatabase(file, 'existing');
  const fresh = `${path}.${process.pid}.new`;
  rmSync(fresh, { force: true });
  let open = true;
  try {
    const [name] = (await connection.runAndReadAll('SELECT current_database()')).getRowsJS()[0] as [string];
    await connection.run(`ATTACH '${fresh.replaceAll("'", "''")}' AS fresh (STORAGE_VERSION '${STORAGE}')`);
    await connection.run(`COPY FROM DATABASE "${name.replaceAll('"', '""')}" TO fresh`);
    await connection.run('DETACH fresh');
    flush(fresh);
    close();
    open = false;
    renameSync(fresh, path);
  } catch (error) {
    if (open) close();
    rmSync(fresh, { force: true });
    throw problemOfFile(file, error);
  }
  return { before, after: statSync(path).size };
}

function flush(path: string): void {
  const handle = openSync(path, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
