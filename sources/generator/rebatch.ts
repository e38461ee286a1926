import { isList, type Batch, type NumberColumn } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';

/**
 * The same events in blocks of exactly `size` (the last may be shorter), each a map of Float64Array columns, so that
 * what is written does not depend on how the events arrived. The arrays are reused: they hold until the next block.
 * A missing or list column is a Problem (3).
 */
export async function* rebatch(
  batches: AsyncIterable<Batch>,
  names: readonly string[],
  size: number,
): AsyncGenerator<{ readonly length: number; readonly columns: readonly Float64Array[] }> {
  const block = names.map(() => new Float64Array(size));
  let filled = 0;
  for await (const batch of batches) {
    const columns = names.map((name) => numbers(batch, name));
    for (let from = 0; from < batch.length;) {
      const n = Math.min(size - filled, batch.length - from);
      columns.forEach((column, c) => {
        block[c]!.set(column.subarray(from, from + n), filled);
      });
      filled += n;
      from += n;
      if (filled === size) {
        yield { length: size, columns: block };
        filled = 0;
      }
    }
  }
  if (filled > 0) yield { length: filled, columns: block.map((column) => column.subarray(0, filled)) };
}

function numbers(batch: Batch, name: string): NumberColumn {
  const column = batch.columns.get(name);
  if (column === undefined) throw wrongSample(`column '${name}': not in the batch at event ${batch.start}`);
  if (isList(column)) throw wrongSample(`column '${name}': a list column cannot be written`);
  return column;
}
