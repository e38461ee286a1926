import { blocksOf } from './blocks.js';
import { correlationAxes } from './correlation_axes.js';
import { project } from './envelope.js';
import type { Envelope, ProbedEvents } from './types.js';

export interface Variation {
  readonly name: string;
  /** x of all events, every one moved to the same side. */
  readonly up: Float64Array[];
  readonly down: Float64Array[];
}

/** What a quantity is under one variation; null: it cannot be measured there. */
export interface VariedQuantity {
  readonly name: string;
  readonly up: number | null;
  readonly down: number | null;
}

export interface CombinedShift {
  readonly shifts: readonly { readonly input: string; readonly shift: number }[];
  /** Root of the sum of squares; null: it cannot be known, and `reason` says why. */
  readonly total: number | null;
  readonly largest: { readonly input: string; readonly shift: number } | null;
  readonly reason?: string;
}

/**
 * The variations that an analysis makes today: each free feature that stands alone by ± size · σ, coherently in all
 * events, and each correlated group by ± size along the principal axes of its correlation (correlation_axes.ts), named
 * `a, b (axis 1)`. Ranges and steps of the envelope hold; held values stay.
 *
 * Axes of the correlation of the pulls, not of each event's covariance: the same direction then has the same meaning in
 * all events, and the sum of squares of the shifts of a linear quantity is gᵀ R g either way.
 */
export function* variations(envelope: Envelope, events: ProbedEvents, size: number): Generator<Variation> {
  const rows = Int32Array.from({ length: events.length }, (_, i) => i);
  const varied = (members: readonly number[], pulls: ArrayLike<number>, sign: number): Float64Array[] => {
    const x = events.x.map((column) => column.slice());
    for (const [k, j] of members.entries()) {
      const pull = sign * size * pulls[k]!;
      for (let i = 0; i < events.length; i++) x[j]![i]! += pull * events.sigma[j]![i]!;
    }
    project(envelope, events, rows, x, size);
    return x;
  };
  const both = (name: string, members: readonly number[], pulls: ArrayLike<number>): Variation => ({
    name,
    up: varied(members, pulls, 1),
    down: varied(members, pulls, -1),
  });
  for (const block of blocksOf(envelope)) {
    const name = block.members.map((j) => envelope.names[j]!).join(', ');
    for (const [k, axis] of correlationAxes(block).entries()) {
      yield both(block.members.length === 1 ? name : `${name} (axis ${k + 1})`, block.members, axis);
    }
  }
}

/**
 * One shift a variation: half the difference of up and down; if both lie on the same side of the nominal value, the
 * larger of the two, with its sign. total: root of the sum of squares. No variations: 0, and no largest.
 */
export function combine(nominal: number | null, varied: readonly VariedQuantity[]): CombinedShift {
  if (nominal === null) return { shifts: [], total: null, largest: null, reason: 'no nominal value' };
  const unknown = varied.find(({ up, down }) => up === null || down === null);
  if (unknown !== undefined) {
    return { shifts: [], total: null, largest: null, reason: `no value when ${unknown.name} is varied` };
  }
  const shifts = varied.map(({ name, up, down }) => ({
    input: name,
    shift: symmetrised(up! - nominal, down! - nominal),
  }));
  let largest: CombinedShift['largest'] = null;
  let squares = 0;
  for (const each of shifts) {
    squares += each.shift * each.shift;
    if (largest === null || Math.abs(each.shift) > Math.abs(largest.shift)) largest = each;
  }
  return { shifts, total: Math.sqrt(squares), largest };
}

function symmetrised(up: number, down: number): number {
  if (up * down > 0) return Math.abs(up) >= Math.abs(down) ? up : down;
  return (up - down) / 2;
}

/** Runs `quantity` under every variation, one after the other, and combines what it gives. */
export async function oneAtATime(
  envelope: Envelope,
  events: ProbedEvents,
  size: number,
  quantity: (x: readonly Float64Array[]) => Promise<number | null>,
): Promise<CombinedShift> {
  const nominal = await quantity(events.x);
  const varied: VariedQuantity[] = [];
  for (const { name, up, down } of variations(envelope, events, size)) {
    varied.push({ name, up: await quantity(up), down: await quantity(down) });
  }
  return combine(nominal, varied);
}
