import { emitAdd, validLanes } from './emit_effects.js';
import { emitValues, type Frame, type Half } from './emit_values.js';
import { address, at, get, set, simd, VECTOR } from './instructions.js';
import { rootsOf, type Effect, type Lane, type Program } from './lanes.js';
import { OPERATIONS } from './operations.js';

/** The instructions for the events of a turn, and the number after the last local that they use. */
export function emitBody(program: Program, frame: Frame) {
  const { all, tables, effects } = program;
  const { columns, outputs, firstTable, halves, locals } = frame;
  const adds = effects.filter((effect) => effect.kind === 'add');
  const { code, make, value, end } = emitValues(program, frame);
  const put = (...bytes: readonly number[]): void => void code.push(...bytes);
  const stacked = (lane: Lane, half: Half): number[] => {
    const before = code.length;
    value(lane, half);
    return code.splice(before);
  };
  const effect = (one: Effect, half: Half): void => {
    if (one.kind === 'demand') {
      value(one.holds, half);
      put(...simd(OPERATIONS.f64.not), ...get(locals.broken), ...simd(OPERATIONS.f64.or), ...set(locals.broken));
    } else {
      const table = firstTable + tables.length + adds.indexOf(one);
      const parts = one.parts.map((part) => stacked(part, half));
      put(...emitAdd(one.rows, table, stacked(one.slot, half), parts, { ...locals, valid: locals.valid + half }));
    }
  };
  if (adds.length > 0) for (const half of halves) put(...validLanes(locals.event, half), ...set(locals.valid + half));
  // As soon as they can be done, so that few values wait.
  const due = new Map<Lane, Effect[]>();
  for (const one of effects) {
    const last = Math.max(...rootsOf(one));
    due.set(last, [...(due.get(last) ?? []), one]);
  }
  all.forEach((_, lane) => {
    make(lane);
    for (const done of due.get(lane) ?? []) for (const half of halves) effect(done, half);
  });
  outputs.forEach((lane, i) => {
    for (const half of halves) {
      put(...address(1 + columns.length + i, locals.event, 3));
      value(lane, half);
      put(...simd(VECTOR.store), ...at(3, 16 * half));
    }
  });
  return { code, end: end() };
}
