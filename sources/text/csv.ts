import type { Batch } from '../../operators/batch.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source } from '../source.js';
import { batchOf, collector, keep, reject, type Collector } from './collect.js';
import { csvHeader } from './csv_header.js';
import { fieldsFor, numberIn, splitRow } from './csv_row.js';
import { linesOf, nextLine } from './lines.js';
import { slabs } from './slabs.js';

async function describe(path: string): Promise<TableInfo> {
  const { columns, others } = await csvHeader(path);
  return { columns, ...(others && { others }) };
}

async function* read(path: string, wanted: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const header = await csvHeader(path);
  const { names, delimiter } = header;
  requireColumns(path, header, wanted);
  const columns = wanted.map((name) => ({ name, list: false }));
  const places = wanted.map((name) => names.indexOf(name));
  const fields = fieldsFor(names.length);
  let into: Collector = collector(columns, options.batchEvents, 0);

  /** Writes the row that is split in `fields`; false if it is none. */
  function write(bytes: Buffer): boolean {
    if (fields.count !== names.length) return false;
    for (let i = 0; i < places.length; i++) {
      const value = numberIn(bytes, fields, places[i]!);
      if (value === undefined) return false;
      (into.buffers[i] as Float64Array)[into.length] = value;
    }
    return true;
  }

  let first = true;
  for await (const { bytes } of slabs(path, options.onBytes)) {
    const lines = linesOf(bytes);
    if (first && nextLine(lines)) first = false;
    while (nextLine(lines)) {
      splitRow(bytes, lines.from, lines.to, delimiter, fields);
      if (write(bytes)) keep(into);
      else reject(into);
      if (into.length < options.batchEvents) continue;
      yield batchOf(into, columns);
      into = collector(columns, options.batchEvents, into.position);
    }
  }
  if (into.length > 0 || into.rejected > 0) yield batchOf(into, columns);
}

/**
 * Comma-separated values (RFC 4180) with a line of names; also separated by tab, semicolon or bar. A row with another
 * number of fields than the header, an open quote, or text where a number was asked for is counted as malformed.
 */
export const csv: Source = guarded('CSV', { format: 'csv', extensions: ['csv', 'tsv'], ranges: false, describe, read });
