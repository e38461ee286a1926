import type { MemoryConfig } from '../operators/online/memory.js';
import type { Pipeline } from '../schemas/pipeline.js';

type Memory = NonNullable<Pipeline['online']>['memory'];

/** The memory of refits, counted in units of so many windows; a sliding one reaches back one unit at least. */
export function memoryOf(memory: Memory, unit = 1): MemoryConfig {
  if (memory === 'cumulative') return { kind: 'cumulative' };
  return 'sliding' in memory
    ? { kind: 'sliding', windows: Math.max(1, Math.ceil(memory.sliding / unit)) }
    : { kind: 'half_life', windows: memory.half_life / unit };
}

/** The training data of refits in words. */
export const memoryWords = (memory: Memory): string =>
  memory === 'cumulative'
    ? 'all windows so far'
    : 'sliding' in memory
      ? memory.sliding === 1
        ? 'the last window'
        : `the last ${memory.sliding} windows`
      : `all windows, with a weight that halves every ${memory.half_life} of them`;
