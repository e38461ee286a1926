import type { Precision } from '../expressions/precision.js';
import { CORE, EMPTY, get, I32, I64_EQZ, SCALAR, set, simd, VECTOR } from './instructions.js';
import type { Instruction } from './lanes.js';
import { unsigned } from './module_bytes.js';

/** The name under which a patch imports its function. */
export const importName = ({ fn, type }: { readonly fn: string; readonly type: Precision }): string =>
  type === 'f64' ? fn : `${fn} ${type}`;

/** How a lane is taken out of a vector as the double that a plain function takes, and put into one. */
const LANES = {
  f64: {
    ...{ count: 2, out: simd(VECTOR.extractDouble), asDouble: [], asLane: [], into: simd(VECTOR.replaceDouble) },
    ...{ mask: simd(VECTOR.extract64), isSet: [I64_EQZ, I32.eqz] },
  },
  f32: {
    ...{ count: 4, out: simd(VECTOR.extractSingle), asDouble: [SCALAR.promote], asLane: [SCALAR.demote] },
    ...{ into: simd(VECTOR.replaceSingle), mask: simd(VECTOR.extract32), isSet: [] },
  },
} as const;

/**
 * Into the local `result` the plain function number `fn` of the locals `of`, where the local `where` has ones; of every
 * lane if `always`. The local has the value for where the mask has none.
 */
export function emitPatch(
  { type }: Instruction,
  { result, where, of }: { readonly result: number; readonly where: number; readonly of: readonly number[] },
  fn: number,
  always: boolean,
): number[] {
  const lanes = LANES[type];
  const each = Array.from({ length: lanes.count }, (_, lane) => {
    const call = [
      ...[...get(result), ...of.flatMap((arg) => [...get(arg), ...lanes.out, lane, ...lanes.asDouble])],
      ...[CORE.call, ...unsigned(fn), ...lanes.asLane, ...lanes.into, lane, ...set(result)],
    ];
    return always ? call : [...get(where), ...lanes.mask, lane, ...lanes.isSet, CORE.if, EMPTY, ...call, CORE.end];
  }).flat();
  return always ? each : [...get(where), ...simd(VECTOR.anyTrue), CORE.if, EMPTY, ...each, CORE.end];
}
