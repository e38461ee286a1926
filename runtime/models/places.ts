import type { Model } from '../../operators/probes/types.js';
import { BATCH } from './bind_graph.js';

/** A row that gave two values of an output, for another place among other rows. */
export interface PlaceEffect {
  readonly row: number;
  readonly output: string;
  readonly values: readonly [number, number];
  /** |difference| / (1 + |value|); NaN where one of them is. */
  readonly difference: number;
}

/** Rows that are tried. */
const ROWS = 31;

/**
 * Whether it matters where a row stands: a batch of the first rows over and over, an odd number of them, so that each
 * comes to stand at places that differ in every small power of 2, which is what kernels with vector instructions treat
 * differently; then another batch, of the same rows among others. Returns the largest effect; null: the same bits
 * everywhere.
 */
export async function placeEffect(
  model: Pick<Model, 'run' | 'outputs'>,
  inputs: readonly Float64Array[],
  length: number,
): Promise<PlaceEffect | null> {
  const n = Math.min(ROWS, length);
  const cycle = n % 2 === 0 ? n + 1 : n;
  const places = BATCH + n;
  const rowAt = (place: number): number => (place < BATCH ? (place % cycle) % n : place - BATCH);
  const columns = inputs.map((x) => Float64Array.from({ length: places }, (_, place) => x[rowAt(place)]!));
  const outputs = await model.run(columns, places);
  let worst: PlaceEffect | null = null;
  outputs.forEach((y, k) => {
    for (let place = n; place < places; place++) {
      const row = rowAt(place);
      const [first, other] = [y[row]!, y[place]!];
      if (Object.is(first, other)) continue;
      const difference = Math.abs(first - other) / (1 + Math.abs(first));
      if (worst === null || !(difference <= worst.difference))
        worst = { row, output: model.outputs[k]!, values: [first, other], difference };
    }
  });
  return worst;
}
