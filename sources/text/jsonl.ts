import type { Batch } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source } from '../source.js';
import { batchOf, collector, keep, reject, type Collector } from './collect.js';
import { numberIn, rowOf, writeValue } from './jsonl_row.js';
import { linesOf, nextLine } from './lines.js';
import { slabs } from './slabs.js';

const sampled = 1000;

type Kind = 'number' | 'list' | 'text' | 'object';

function kindOf(value: unknown): Kind | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.every((each) => numberIn(each) !== undefined) ? 'list' : 'object';
  if (numberIn(value) !== undefined) return 'number';
  return typeof value === 'string' ? 'text' : 'object';
}

/** The kind that most values have; numbers if all are null. */
function commonest(counts: ReadonlyMap<Kind, number>): Kind {
  let best: [Kind, number] = ['number', 0];
  for (const entry of counts) if (entry[1] > best[1]) best = entry;
  return best[0];
}

/** The keys of the first 1000 events; a key is a column if most of its values are numbers, or lists of numbers. */
async function describe(path: string): Promise<TableInfo> {
  const kinds = new Map<string, Map<Kind, number>>();
  let rows = 0;
  let objects = 0;
  for await (const { bytes } of slabs(path)) {
    const lines = linesOf(bytes);
    while (rows < sampled && nextLine(lines)) {
      const row = rowOf(bytes.toString('utf8', lines.from, lines.to));
      rows++;
      if (row === undefined) continue;
      objects++;
      for (const [name, value] of Object.entries(row)) {
        const kind = kindOf(value);
        const counts = kinds.get(name) ?? new Map<Kind, number>();
        kinds.set(name, counts);
        if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
    }
    if (rows >= sampled) break;
  }
  if (objects === 0) {
    throw wrongSample(`${path}: no JSON objects: JSON lines hold one object an event, each on its own line`);
  }
  const columns = [];
  const others = new Map<string, string>();
  for (const [name, counts] of kinds) {
    const kind = commonest(counts);
    if (kind === 'number' || kind === 'list') columns.push({ name, list: kind === 'list' });
    else others.set(name, kind);
  }
  return { columns, others };
}

async function* read(path: string, wanted: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const info = await describe(path);
  requireColumns(path, info, wanted);
  const columns = wanted.map((name) => info.columns.find((column) => column.name === name)!);
  let into: Collector = collector(columns, options.batchEvents, 0);
  for await (const { bytes } of slabs(path, options.onBytes)) {
    const lines = linesOf(bytes);
    while (nextLine(lines)) {
      const row = rowOf(bytes.toString('utf8', lines.from, lines.to));
      const { buffers, length } = into;
      if (row !== undefined && wanted.every((name, i) => writeValue(row[name], buffers[i]!, length))) keep(into);
      else reject(into);
      if (into.length < options.batchEvents) continue;
      yield batchOf(into, columns);
      into = collector(columns, options.batchEvents, into.position);
    }
  }
  if (into.length > 0 || into.rejected > 0) yield batchOf(into, columns);
}

/**
 * JSON lines: one object an event. A key that an event lacks, or whose value is null, is NaN or an empty list; a line
 * that is no object, or holds another type than its column, is counted as malformed.
 */
export const jsonl: Source = guarded('JSON lines', {
  format: 'jsonl',
  extensions: ['jsonl', 'ndjson', 'json'],
  ranges: false,
  describe,
  read,
});
