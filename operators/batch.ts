/** A column of numbers, one per event, as the source stores it. */
export type NumberColumn =
  Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

/** A column of lists: event i holds `values[offsets[i] .. offsets[i + 1])`. `offsets` has length + 1 entries. */
export interface ListColumn {
  readonly offsets: Int32Array;
  readonly values: NumberColumn;
}

export type Column = NumberColumn | ListColumn;

/** Reason in words → how many events were turned away for it. */
export type Rejections = Record<string, number>;

/**
 * A columnar set of events, in the order of the source.
 *
 * `position` numbers events from 0 within the sample (as the file counts them, rejected ones included):
 * event i has position `positions[i]` if given, else `start + i`.
 * `rejected` counts the events that the source had to turn away since the previous batch (they have no row here).
 */
export interface Batch {
  readonly start: number;
  readonly length: number;
  readonly positions?: Float64Array;
  readonly columns: ReadonlyMap<string, Column>;
  readonly rejected?: Rejections;
}

export function isList(column: Column): column is ListColumn {
  return 'offsets' in column;
}

/** Adds the counts of `from` to `into`. */
export function addRejections(into: Rejections, from: Rejections | undefined): void {
  for (const [reason, n] of Object.entries(from ?? {})) into[reason] = (into[reason] ?? 0) + n;
}
