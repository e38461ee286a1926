import type { Node } from './nodes.js';

/** Which nodes are evaluated, in order, and into which register each that gives a number writes. */
export interface Schedule {
  readonly steps: readonly number[];
  /** By node; of a list, a constant or an unused node -1. */
  readonly register: readonly number[];
  readonly registers: number;
}

/**
 * Gives every needed node a register, free again after its last use; `kept` nodes keep theirs to the end.
 * A node may write over an argument that dies in it: loops read element i before they write it.
 */
export function schedule(nodes: readonly Node[], kept: Iterable<number>): Schedule {
  const last = nodes.map(() => -1);
  for (const id of kept) last[id] = nodes.length;
  for (let id = nodes.length - 1; id >= 0; id--) {
    if (last[id] === -1) continue;
    for (const arg of nodes[id]!.args) last[arg] = Math.max(last[arg]!, id);
  }
  const register = nodes.map(() => -1);
  const steps: number[] = [];
  const free: number[] = [];
  let registers = 0;
  nodes.forEach(({ kind, args, list }, id) => {
    if (last[id] === -1 || kind === 'constant') return;
    steps.push(id);
    for (const arg of new Set(args)) if (last[arg] === id && register[arg] !== -1) free.push(register[arg]!);
    if (!list) register[id] = free.pop() ?? registers++;
  });
  return { steps, register, registers };
}
