import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, Problem } from '../../operators/problem.js';
import type { History } from './open_history.js';
import { EXPORTED } from './tables.js';

const text = (path: string): string => `'${path.replaceAll("'", "''")}'`;

/** Writes each table as NAME.parquet into a folder, which is made; returns the files with their rows. */
export async function exportParquet(history: History, folder: string): Promise<{ file: string; rows: number }[]> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Problem(1, `folder ${folder}: cannot be made: ${messageOf(error)}`, { cause: error });
  }
  const written = [];
  for (const table of EXPORTED) {
    const file = join(folder, `${table}.parquet`);
    const order = table === 'windows' || table === 'regimes' ? ' ORDER BY seq' : '';
    const copied = await history.use(async (connection) => {
      const sql = `COPY (SELECT * FROM ${table}${order}) TO ${text(`${file}.new`)} (FORMAT parquet, COMPRESSION zstd)`;
      return connection.runAndReadAll(sql);
    });
    renameSync(`${file}.new`, file);
    written.push({ file, rows: Number(copied.getRows()[0]?.[0] ?? 0) });
  }
  return written;
}
