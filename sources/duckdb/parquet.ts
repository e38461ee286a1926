import { resolve } from 'node:path';
import { DuckDBTypeId, type DuckDBConnection, type DuckDBDataChunk } from '@duckdb/node-api';
import type { Batch } from '../../operators/batch.js';
import { columnBuffer, columnOf, type ColumnBuffer } from '../buffers.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source } from '../source.js';
import { connect } from './connection.js';
import { copyRows } from './copy_chunk.js';
import { expressionOf } from './expression.js';

interface Layout extends TableInfo {
  readonly events: number;
  readonly sql: ReadonlyMap<string, string>;
}

const table = 'read_parquet($1, hive_partitioning = false)';

/** DuckDB takes a path for a pattern: what would match other names stands in brackets, which match it alone. */
function literal(path: string): string {
  const file = resolve(path);
  return /[*?[]/.test(file) ? file.replace(/[\\*?[]/g, '[$&]') : file;
}

async function layoutOf(connection: DuckDBConnection, path: string): Promise<Layout> {
  const file = [literal(path)];
  const empty = await connection.run(`SELECT * FROM ${table} LIMIT 0`, file);
  const rows = await connection.runAndReadAll('SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata($1)', file);
  const columns = [];
  const others = new Map<string, string>();
  const sql = new Map<string, string>();
  for (const [i, name] of empty.deduplicatedColumnNames().entries()) {
    const expression = expressionOf(name, empty.columnType(i));
    if (expression === undefined) others.set(name, String(empty.columnType(i)));
    else {
      columns.push({ name, list: expression.list });
      sql.set(name, expression.sql);
    }
  }
  return { columns, others, sql, events: Number(rows.value(0, 0)) };
}

/** Rows without any column would not be counted: a query selects the row's number along with the columns. */
function query(layout: Layout, columns: readonly string[], options: ReadOptions): string {
  const numbered = !layout.sql.has('file_row_number') && !layout.others?.has('file_row_number');
  const selected = ['1::UTINYINT', ...columns.map((name) => layout.sql.get(name)!)].join(', ');
  const { from, to } = options.range ?? { from: 0, to: layout.events };
  const all = `SELECT ${selected} FROM ${table}`;
  if (from === 0 && to >= layout.events) return all;
  // The row's number prunes row groups; where a column of the file bears that name, rows are counted instead.
  return numbered
    ? `${all} WHERE file_row_number >= ${from} AND file_row_number < ${to}`
    : `${all} LIMIT ${Math.max(0, to - from)} OFFSET ${from}`;
}

async function* read(path: string, columns: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const connection = await connect();
  try {
    const layout = await layoutOf(connection, path);
    requireColumns(path, layout, columns);
    const result = await connection.stream(query(layout, columns, options), [literal(path)]);
    const kinds = columns.map((_, i) => {
      const type = result.columnType(i + 1);
      const list = type.typeId === DuckDBTypeId.LIST;
      const value = list ? (type as typeof type & { valueType: typeof type }).valueType : type;
      return { list, float32: value.typeId === DuckDBTypeId.FLOAT };
    });
    const fresh = (): ColumnBuffer[] => kinds.map((kind) => columnBuffer(kind, options.batchEvents));
    let start = options.range?.from ?? 0;
    let length = 0;
    let buffers = fresh();
    const batch = (): Batch => ({
      start,
      length,
      columns: new Map(columns.map((name, i) => [name, columnOf(buffers[i]!, length)])),
    });
    for (;;) {
      const chunk: DuckDBDataChunk | null = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      for (let row = 0; row < chunk.rowCount;) {
        const take = Math.min(chunk.rowCount - row, options.batchEvents - length);
        for (let i = 0; i < buffers.length; i++) {
          copyRows(chunk.getColumnVector(i + 1), row, row + take, buffers[i]!, length);
        }
        row += take;
        length += take;
        if (length < options.batchEvents) continue;
        yield batch();
        start += length;
        length = 0;
        buffers = fresh();
      }
    }
    if (length > 0) yield batch();
  } finally {
    connection.disconnectSync();
  }
}

async function describe(path: string): Promise<TableInfo> {
  const connection = await connect();
  try {
    const { columns, others, events } = await layoutOf(connection, path);
    return { columns, events, ...(others && { others }) };
  } finally {
    connection.disconnectSync();
  }
}

/** Apache Parquet, read by DuckDB: row groups stream, only the pages of the columns asked for are decoded. */
export const parquet: Source = guarded('Parquet', {
  format: 'parquet',
  extensions: ['parquet', 'pq'],
  ranges: true,
  describe,
  read,
});
