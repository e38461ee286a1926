import { assignRegimes } from '../operators/regimes/assign.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { SkimChunk } from './skim.js';

/** Regime of each event that has the columns of the context; without events none are needed. */
export function regimesOf(map: RegimeMap, { length, columns }: Pick<SkimChunk, 'length' | 'columns'>): Uint16Array {
  const regime = new Uint16Array(length);
  if (length === 0) return regime;
  const context = map.variables.map((name) => columns.get(name)!);
  assignRegimes(map, context, length, regime, new Float64Array(length));
  return regime;
}
