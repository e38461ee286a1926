import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { messageOf, Problem } from '../../operators/problem.js';

let instance: Promise<DuckDBInstance> | undefined;

async function create(): Promise<DuckDBInstance> {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    return await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: '256MB',
      temp_directory: '',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // Files are told apart by name and time to the second: one written anew must not be read from memory.
      enable_external_file_cache: 'false',
    });
  } catch (thrown) {
    throw new Problem(1, `DuckDB cannot be started (${messageOf(thrown)}): npm install @duckdb/node-api`, {
      cause: thrown,
    });
  }
}

/**
 * A new connection to this thread's in-memory database; one stream at a time runs on a connection.
 *
 * One thread of DuckDB's own: a reader is fed to one loop, and several readers run in several workers. The limit
 * holds row groups of a million events; no extension is installed or loaded, so nothing reaches for the network.
 */
export async function connect(): Promise<DuckDBConnection> {
  instance ??= create();
  return (await instance).connect();
}
