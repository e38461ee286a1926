/** `node duckdb_parquet.js FILE`: the chain as SQL straight from a Parquet file, one thread. Prints a line of JSON (`Run`). */
import { DuckDBInstance } from '@duckdb/node-api';
import { chainOf } from './chain/duckdb_chain.js';
import { meter } from './live/run.js';

const stop = meter();
const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
const file = process.argv[2]!.replaceAll("'", "''");
await connection.run(`CREATE VIEW events AS SELECT * FROM read_parquet('${file}')`);
const { counts } = await chainOf(connection);
process.stdout.write(`${JSON.stringify(stop(Array.from(counts.regime).reduce((n, each) => n + each, 0)))}\n`);
