import type { DuckDBInstance } from '@duckdb/node-api';

/** Files are read by DuckDB from this version on; it is the first that compresses long texts. */
export const STORAGE = 'v1.2.0';

const SETTINGS = {
  threads: '1',
  memory_limit: '512MB',
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  storage_compatibility_version: STORAGE,
};

/** A database in a file, with one thread, and nothing fetched from elsewhere. */
export async function instanceOf(file: string, readOnly: boolean): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return DuckDBInstance.create(file, { ...SETTINGS, access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE' });
}
