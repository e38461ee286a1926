import { existsSync, linkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Problem } from '../../operators/problem.js';
import { demandWhole } from './demand_whole.js';
import { damaged, IN_USE, isLocked, problemOfFile } from './file_problem.js';
import { instanceOf } from './instance.js';
import { snapshot } from './snapshot.js';
import { TABLES } from './tables.js';

/** What a file is opened for; 'existing': to be written, and it has to be there. */
export type Access = 'read' | 'write' | 'existing';

export interface Database {
  /** Absolute, links followed. */
  readonly path: string;
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}

/** DuckDB locks a file against other processes, not against this one. */
const opened = new Set<string>();

/** A new file appears whole, with all its tables, or not at all. */
async function create(file: string): Promise<void> {
  if (existsSync(`${file}.wal`)) throw damaged(file, `it is missing, ${file}.wal is there`);
  const fresh = `${file}.${process.pid}.new`;
  rmSync(fresh, { force: true });
  const instance = await instanceOf(fresh, false);
  try {
    const connection = await instance.connect();
    for (const sql of TABLES) await connection.run(sql);
    connection.disconnectSync();
  } finally {
    instance.closeSync();
  }
  try {
    linkSync(fresh, file);
    rmSync(fresh);
  } catch (error) {
    // Another process was quicker, or the file system has no links.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') rmSync(fresh);
    else renameSync(fresh, file);
  }
}

/**
 * Opens a history, or makes one if there is none and it is to be written. Throws a Problem, and leaves the file as it
 * is, where another process has it open, it is damaged, of a later format, or no history. What is only to be read is
 * copied where another process has it open.
 */
export async function openDatabase(file: string, access: Access): Promise<Database> {
  const path = resolve(file);
  try {
    if (!existsSync(path)) {
      if (access !== 'write') throw new Problem(3, `history ${file}: no such file`);
      await create(path);
    }
    const real = realpathSync(path);
    if (access !== 'read') return await openWhole(real, file, access);
    try {
      return await openWhole(real, file, access);
    } catch (error) {
      if (!isLocked(error)) throw error;
      return await openSnapshot(real, file);
    }
  } catch (error) {
    throw problemOfFile(file, error);
  }
}

async function openWhole(path: string, file: string, access: Access): Promise<Database> {
  if (opened.has(path)) throw new Problem(3, `history ${file}: ${IN_USE} this process: close it first`);
  opened.add(path);
  try {
    await demandWhole(path, file);
    const instance = await instanceOf(path, access === 'read');
    const connection = await instance.connect();
    const close = (): void => {
      connection.disconnectSync();
      instance.closeSync();
      opened.delete(path);
    };
    return { path, connection, close };
  } catch (error) {
    opened.delete(path);
    throw error;
  }
}

/** What is read while another writes is a copy of an instant. */
async function openSnapshot(path: string, file: string): Promise<Database> {
  const { copy, remove } = snapshot(path);
  try {
    const { connection, close } = await openWhole(copy, file, 'read');
    return {
      ...{ path, connection },
      close: () => {
        close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
