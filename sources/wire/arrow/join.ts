import type { NumberColumn } from '../../../operators/batch.js';
import type { WireBatch } from '../types.js';

/** Batches below so many events are joined, up to so many together. */
const small = 4096;
const most = 65536;

function alike(a: WireBatch, b: WireBatch): boolean {
  for (const [name, column] of a.columns) if (b.columns.get(name)?.constructor !== column.constructor) return false;
  return true;
}

function concatenated<C extends NumberColumn>(parts: readonly C[], length: number): C {
  const out = new (parts[0]!.constructor as new (length: number) => C)(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function join(run: readonly WireBatch[], length: number): WireBatch {
  const [first] = run;
  if (run.length === 1) return first!;
  const names = [...first!.columns.keys()];
  const columns = names.map((name): [string, NumberColumn] => [
    name,
    concatenated(
      run.map((batch) => batch.columns.get(name)!),
      length,
    ),
  ]);
  const position = concatenated(
    run.map((batch) => batch.position),
    length,
  );
  return { length, columns: new Map(columns), position };
}

/** The same events in the same order: neighbouring small batches of the same types of columns made into one. */
export function joinSmall(batches: readonly WireBatch[]): WireBatch[] {
  const out: WireBatch[] = [];
  let run: WireBatch[] = [];
  let length = 0;
  const flush = (): void => {
    if (run.length > 0) out.push(join(run, length));
    run = [];
    length = 0;
  };
  for (const batch of batches) {
    const joins = run.length > 0 && batch.length < small && length + batch.length <= most && alike(run[0]!, batch);
    if (!joins) flush();
    if (batch.length < small) {
      run.push(batch);
      length += batch.length;
    } else out.push(batch);
  }
  flush();
  return out;
}
