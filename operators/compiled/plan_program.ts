import type { Node } from '../expressions/nodes.js';
import type { Precision } from '../expressions/precision.js';
import { column, noProgram, type Lane, type Program } from './lanes.js';
import { lowerToLanes, needed } from './lower.js';

/** What is compiled of nodes, and what is not. */
export interface ProgramPlan {
  /** Outputs that the program computes, by name: their places in `lanes`. */
  readonly computed: ReadonlyMap<string, number>;
  readonly lanes: readonly Lane[];
  readonly program: Program;
  /** Nodes whose values are the program's columns. */
  readonly columns: readonly number[];
  /** Nodes for the plain loops: the other outputs, and under their givenName what lists are reduced to for the program. */
  readonly rest: ReadonlyMap<string, number>;
  readonly tooLarge: boolean;
}

/** Instructions of a program at most: V8 takes functions of 7.6 MB, and compiles large ones slowly. */
export const MOST_INSTRUCTIONS = 20_000;

/** As no output is named. */
export const givenName = (id: number): string => `node ${id}`;

/** Parts nodes into what is computed from numbers, as a program, and what only the plain loops can do. */
export function planProgram(
  nodes: readonly Node[],
  outputs: ReadonlyMap<string, number>,
  precision: Precision,
): ProgramPlan {
  const isComputed = (id: number): boolean => nodes[id]!.kind === 'elementwise' && !nodes[id]!.list;
  const wanted = [...new Set([...outputs.values()].filter(isComputed))];
  const given = new Set(nodes.flatMap(({ kind }, id) => (kind === 'elementwise' || kind === 'constant' ? [] : [id])));
  const reduced = needed(nodes, given, wanted).filter((id) => given.has(id) && nodes[id]!.kind !== 'column');
  const program = noProgram();
  const columns: number[] = [];
  const laneOf = (id: number): Lane => column(program, columns.push(id) - 1);
  const lanes = lowerToLanes(program, nodes, given, wanted, laneOf, precision);
  return {
    ...{ lanes, program, columns, tooLarge: program.all.length > MOST_INSTRUCTIONS },
    computed: new Map([...outputs].flatMap(([name, id]) => (isComputed(id) ? [[name, wanted.indexOf(id)]] : []))),
    rest: new Map([
      ...[...outputs].filter(([, id]) => !isComputed(id)),
      ...reduced.map((id): [string, number] => [givenName(id), id]),
    ]),
  };
}
