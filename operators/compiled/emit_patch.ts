import { CORE, EMPTY, get, I32, I64_EQZ, set, simd, VECTOR } from './instructions.js';
import type { Instruction, Lane } from './lanes.js';
import { unsigned } from './module_bytes.js';

/**
 * Into the local of `lane` the plain function `fn` of the arguments, where the mask has ones; of both lanes if `always`.
 * All that it reads is in locals, and its local has the value for where the mask has none.
 */
export function emitPatch(
  { args }: Instruction,
  localOf: ReadonlyMap<Lane, number>,
  lane: Lane,
  fn: number,
  always: boolean,
): number[] {
  const [where = -1, ...of] = args.slice(1).map((arg) => localOf.get(arg)!);
  const result = localOf.get(lane)!;
  const each = [0, 1].flatMap((side) => {
    const call = [
      ...[...get(result), ...of.flatMap((arg) => [...get(arg), ...simd(VECTOR.extractDouble), side])],
      ...[CORE.call, ...unsigned(fn), ...simd(VECTOR.replaceDouble), side, ...set(result)],
    ];
    if (always) return call;
    return [...get(where), ...simd(VECTOR.extract64), side, I64_EQZ, I32.eqz, CORE.if, EMPTY, ...call, CORE.end];
  });
  return always ? each : [...get(where), ...simd(VECTOR.anyTrue), CORE.if, EMPTY, ...each, CORE.end];
}
