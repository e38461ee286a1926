import type { Derived } from '../../operators/compiled/derived.js';
import { parse, type Formula } from '../../operators/expressions/formula.js';
import type { Precision } from '../../operators/expressions/precision.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { Entry } from '../../operators/summaries/book.js';
import type { Bins } from '../../operators/summaries/histogram.js';
import { WORKLOAD } from '../chain/workload.js';

/** How much work the chain does with an event. */
export interface Shape {
  /** Formulas beyond those of the workload, each a cosine and two additions; one that reads the last is averaged. */
  readonly formulas: number;
  readonly regimes: number;
  /** Context variables, 1 to 6. */
  readonly context: number;
  /** Bins of δ in each regime. */
  readonly bins: number;
}

/** As the workload has it. */
export const WORKLOAD_SHAPE: Shape = { formulas: 0, regimes: 4, context: 2, bins: WORKLOAD.delta[0] };

const CONTEXT = {
  H_T: 'gen_l1_pt + gen_l2_pt',
  abs_deta: 'abs(gen_l1_eta - gen_l2_eta)',
  eta_sum: 'gen_l1_eta + gen_l2_eta',
  pt_difference: 'gen_l1_pt - gen_l2_pt',
  phi_difference: 'gen_l1_phi - gen_l2_phi',
  leading: 'max(gen_l1_pt, gen_l2_pt)',
} as const;

const six = (kind: string): string => WORKLOAD.columns.filter((name) => name.startsWith(kind)).join(', ');

export interface Chain {
  readonly definitions: ReadonlyMap<string, Formula>;
  readonly derived: ReadonlyMap<string, Derived>;
  readonly map: RegimeMap;
  readonly entries: readonly Entry[];
}

/**
 * The chain of a shape: what is derived from the columns of the workload, and the summaries that it fills. The precision
 * is that of formulas of columns; what follows from these, the response first, is in doubles.
 */
export function chainOf({ formulas, regimes, context, bins }: Shape, precision: Precision = 'f64'): Chain {
  const extra = Array.from(
    { length: formulas },
    (_, i) => [`extra_${i}`, `${i === 0 ? 'gen_l1_pt' : `extra_${i - 1}`} + cos(gen_l1_phi + ${i})`] as const,
  );
  const texts = [
    ...Object.entries(CONTEXT),
    ...[
      ['m_truth', `mass(${six('gen')})`],
      ['m_reco', `mass(${six('reco')})`],
    ],
    ...[['delta', '(m_reco - m_truth) / m_truth'], ...extra],
  ] as [string, string][];
  const definitions = new Map(texts.map(([name, text]) => [name, parse(text)]));
  const map = mapOf(regimes, Object.keys(CONTEXT).slice(0, context));
  const derived = new Map<string, Derived>(
    [...definitions].map(([name, formula]) => [
      name,
      { kind: 'formula', formula, precision: name === 'delta' ? 'f64' : precision },
    ]),
  );
  derived.set('regime', { kind: 'regime', map });
  const [, low, high] = WORKLOAD.delta;
  const delta: Bins = [bins, low, high];
  const plane = { x: WORKLOAD.ht, y: WORKLOAD.deta, response: true };
  const last = extra.at(-1)?.[0];
  return {
    ...{ definitions, derived, map },
    entries: [
      entry('response', 'histogram', { bins: delta, groups: regimes }, ['delta'], 'regime'),
      entry('plane', 'grid', plane, ['H_T', 'abs_deta', 'delta'], null),
      entry('byRegime', 'moments', { groups: regimes, wide: false }, ['delta'], 'regime'),
      entry('spectrum', 'histogram', { bins: WORKLOAD.mass, groups: 1 }, ['m_reco'], null),
      ...(last === undefined ? [] : [entry('extra', 'moments', { groups: 1, wide: true }, [last], null)]),
    ],
  };
}

function entry(key: string, summary: Entry['summary'], config: object, columns: string[], group: string | null): Entry {
  return { ...{ key, summary, columns, group, weighted: false }, config: { ...config, weighted: false } };
}

/** The regimes of the workload where they are asked for; else centroids spread by the golden ratio over ±2 widths. */
function mapOf(regimes: number, variables: readonly string[]): RegimeMap {
  const spread = (r: number, d: number): number => 4 * ((r * (d + 1) * 0.6180339887498949) % 1) - 2;
  const own = regimes === WORKLOAD.centroids.length && variables.length === WORKLOAD.mean.length;
  const numbers = Array.from({ length: regimes }, (_, r) => r);
  return {
    ...{ version: 'given', variables },
    scale: variables.map((_, d) => ({ mean: WORKLOAD.mean[d] ?? 0, width: WORKLOAD.width[d] ?? 100 })),
    centroids: own ? WORKLOAD.centroids : numbers.map((r) => variables.map((_, d) => spread(r, d))),
    labels: numbers.map(String),
  };
}
