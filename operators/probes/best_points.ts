import { at } from './columns.js';
import { project } from './envelope.js';
import type { Envelope, Objective, Perturbed, ProbedEvents } from './types.js';

/** The best point of each event that a search has seen, and what it asks of the model. */
export interface BestPoints {
  readonly envelope: Envelope;
  readonly events: ProbedEvents;
  readonly objective: Objective;
  readonly size: number;
  readonly x: Float64Array[];
  readonly margin: Float64Array;
  evaluations: number;
}

/** The most rows that are handed to the model at once. */
const MOST_ROWS = 65536;

/** All events where they are. */
export async function nominalPoints(
  envelope: Envelope,
  events: ProbedEvents,
  objective: Objective,
  size: number,
): Promise<BestPoints> {
  const rows = Int32Array.from({ length: events.length }, (_, i) => i);
  const x = events.x.map((column) => column.slice());
  const best = { envelope, events, objective, size, x, margin: new Float64Array(events.length), evaluations: 0 };
  best.margin.set(objective.nominal ?? (await margins(best, rows, x)));
  return best;
}

/**
 * Moves the candidates x[j][r] of the events rows[r] into the envelope, in place, asks the model for those that differ
 * from their event's best point, and keeps each that lowers its event's margin (the first of equals; never a NaN).
 * The candidates' margins; that of the best point where the candidate does not differ from it.
 */
export async function offer(best: BestPoints, rows: Int32Array, x: Float64Array[]): Promise<Float64Array> {
  project(best.envelope, best.events, rows, x, best.size);
  const margin = new Float64Array(rows.length);
  const asked = new Int32Array(rows.length);
  let n = 0;
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]!;
    margin[r] = best.margin[i]!;
    let j = 0;
    while (j < x.length && Object.is(x[j]![r], best.x[j]![i])) j++;
    if (j < x.length) asked[n++] = r;
  }
  const some = asked.subarray(0, n);
  const of = some.map((r) => rows[r]!);
  const answers = await margins(best, of, at(x, some));
  for (let k = 0; k < some.length; k++) {
    const r = some[k]!;
    const i = rows[r]!;
    margin[r] = answers[k]!;
    if (!(answers[k]! < best.margin[i]!)) continue;
    best.margin[i] = answers[k]!;
    for (let j = 0; j < x.length; j++) best.x[j]![i] = x[j]![r]!;
  }
  return margin;
}

async function margins(best: BestPoints, rows: Int32Array, x: readonly Float64Array[]): Promise<Float64Array> {
  best.evaluations += rows.length;
  if (rows.length <= MOST_ROWS) return rows.length === 0 ? new Float64Array(0) : best.objective.margin(rows, x);
  const all = new Float64Array(rows.length);
  for (let from = 0; from < rows.length; from += MOST_ROWS) {
    const to = Math.min(rows.length, from + MOST_ROWS);
    const part = x.map((column) => column.subarray(from, to));
    all.set(await best.objective.margin(rows.subarray(from, to), part), from);
  }
  return all;
}

/** Events that may still fall: the model answers, and the margin is not yet below `enough`. */
export const open = ({ margin }: BestPoints, rows: Int32Array, enough: number): Int32Array =>
  rows.filter((i) => margin[i]! >= enough);

export const perturbed = ({ x, margin, evaluations }: BestPoints): Perturbed => ({ x, margin, evaluations });

/** Runs `search` on slices of the events, so that the memory it needs does not grow with them. */
export async function inSlices(
  length: number,
  slice: number,
  search: (rows: Int32Array, progress: (done: number) => void | Promise<void>) => Promise<void>,
  onProgress: (done: number) => void | Promise<void> = () => undefined,
): Promise<void> {
  for (let from = 0; from < length; from += slice) {
    const n = Math.min(slice, length - from);
    await search(
      Int32Array.from({ length: n }, (_, k) => from + k),
      (done) => onProgress((from + done * n) / length),
    );
    await onProgress((from + n) / length);
  }
}
