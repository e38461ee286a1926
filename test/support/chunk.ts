import { identityKeys } from '../../runtime/identity.js';
import type { SkimChunk } from '../../runtime/skim.js';

/** A chunk whose events are named by `identity` and stand at these positions of a sample. */
export function chunkOf(
  sample: number,
  identity: readonly number[],
  positions: readonly number[],
  columns: Readonly<Record<string, readonly number[]>> = {},
): SkimChunk {
  const length = identity.length;
  const position = Float64Array.from(positions);
  const parts = { names: ['event'], salt: [0, 0] as const };
  const keys = identityKeys(parts, new Map([['event', Float64Array.from(identity)]]), position, length);
  return {
    sample,
    length,
    position,
    split: Uint8Array.from({ length }, (_, i) => i % 3),
    ...keys,
    columns: new Map(Object.entries(columns).map(([name, x]) => [name, Float64Array.from(x)])),
  };
}
