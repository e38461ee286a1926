import type { Formula } from '../expressions/formula.js';
import { lower as lowerToNodes } from '../expressions/lower.js';
import type { Precision } from '../expressions/precision.js';
import type { RegimeMap } from '../regimes/regime_map.js';
import { assignLanes } from './assign.js';
import { number, operation, type Lane, type Program } from './lanes.js';
import { lowerToLanes } from './lower.js';

/**
 * A column or group that is made of others, by name, within the program that reads it.
 *
 * formula: of columns that are numbers, in doubles unless it says otherwise. regime, distance: of the map's context variables (regimes/assign.ts). bin: 0 below
 * the first edge (and NaN), i for edges[i − 1] ≤ x < edges[i], as many as there are edges at and above the last.
 */
export type Derived =
  | { readonly kind: 'formula'; readonly formula: Formula; readonly precision?: Precision }
  | { readonly kind: 'regime' | 'distance'; readonly map: RegimeMap }
  | { readonly kind: 'bin'; readonly edges: readonly number[]; readonly of: string };

/** As no column is named. */
const IT = '(it)';

/** The lane of a derived column; `laneOf` gives those that it is made of. */
export function derivedLane(p: Program, derived: Derived, laneOf: (name: string) => Lane): Lane {
  switch (derived.kind) {
    case 'formula': {
      const { formula, precision = 'f64' } = derived;
      const { nodes, results } = lowerToNodes(new Map([[IT, formula]]), [IT], [IT], () => false, precision);
      const names = new Map(nodes.flatMap((node, id) => (node.kind === 'column' ? [[id, node.name] as const] : [])));
      const given = new Set(names.keys());
      const lane = (id: number): Lane => laneOf(names.get(id)!);
      return lowerToLanes(p, nodes, given, [results.get(IT)!], lane, precision)[0]!;
    }
    case 'regime':
    case 'distance': {
      const { map, kind } = derived;
      return assignLanes(p, map, map.variables.map(laneOf))[kind];
    }
    case 'bin': {
      const x = laneOf(derived.of);
      const one = number(p, 1);
      return derived.edges.reduce(
        (sum, edge) => {
          const above = operation(p, 'and', operation(p, 'ge', x, number(p, edge)), one);
          return operation(p, 'add', sum, above);
        },
        number(p, 0),
      );
    }
  }
}
