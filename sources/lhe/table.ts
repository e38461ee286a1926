import type { Batch, Column, Rejections } from '../../operators/batch.js';
import type { Plan } from './columns.js';
import { PARTICLE_FIELDS, type EventRecord } from './event.js';

type Values = Float64Array | Int32Array;

/** Rows of the batch being filled. `rejected` and `position` belong to the events read so far, accepted or not. */
export interface Table {
  readonly plan: Plan;
  readonly scalars: readonly Float64Array[];
  readonly lists: readonly { readonly field: number; values: Values }[];
  readonly offsets: Int32Array;
  readonly positions: Float64Array;
  length: number;
  rejected: Rejections;
  /** Number of events read so far. */
  position: number;
}

export function newTable(plan: Plan, batchEvents: number): Table {
  return {
    plan,
    scalars: plan.scalars.map(() => new Float64Array(batchEvents)),
    lists: plan.lists.map(({ field, integer }) => ({ field, values: new (integer ? Int32Array : Float64Array)(1024) })),
    offsets: new Int32Array(batchEvents + 1),
    positions: new Float64Array(batchEvents),
    length: 0,
    rejected: {},
    position: 0,
  };
}

/** Counts the event that was read last as rejected. */
export function reject(table: Table, reason: string): void {
  table.rejected[reason] = (table.rejected[reason] ?? 0) + 1;
  table.position++;
}

/** Appends the event as a row. */
export function append(table: Table, row: Float64Array, event: EventRecord): void {
  const n = table.length++;
  const { scalars, plan, lists, offsets } = table;
  table.positions[n] = table.position++;
  for (let s = 0; s < scalars.length; s++) scalars[s]![n] = row[plan.scalars[s]!.from]!;
  if (lists.length === 0) return;
  const from = offsets[n]!;
  const to = from + event.count;
  offsets[n + 1] = to;
  const { particles } = event;
  for (const list of lists) {
    if (to > list.values.length) list.values = grown(list.values, 2 * to);
    const { values } = list;
    for (let i = from, at = list.field; i < to; i++, at += PARTICLE_FIELDS) values[i] = particles[at]!;
  }
}

function grown(values: Values, length: number): Values {
  const larger = values instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
  larger.set(values);
  return larger;
}

/** The rows so far as a batch, and the table empty again; undefined if there is nothing to tell. */
export function takeBatch(table: Table): Batch | undefined {
  const { length, plan, positions, rejected } = table;
  const turnedAway = Object.keys(rejected).length > 0;
  if (length === 0 && !turnedAway) return undefined;
  const columns = new Map<string, Column>();
  plan.scalars.forEach(({ name }, s) => columns.set(name, table.scalars[s]!.slice(0, length)));
  const offsets = table.offsets.slice(0, length + 1);
  plan.lists.forEach(({ name }, l) => {
    columns.set(name, { offsets, values: table.lists[l]!.values.slice(0, offsets[length]) });
  });
  const start = length === 0 ? table.position : positions[0]!;
  const gap = length > 0 && positions[length - 1]! - start !== length - 1;
  table.length = 0;
  table.rejected = {};
  return {
    ...{ start, length, columns },
    ...(gap ? { positions: positions.slice(0, length) } : {}),
    ...(turnedAway ? { rejected } : {}),
  };
}
