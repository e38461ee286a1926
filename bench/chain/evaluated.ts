import type { Column } from '../../operators/batch.js';
import { compile, type EvaluatedBy } from '../../operators/expressions/evaluate.js';
import { parse } from '../../operators/expressions/formula.js';
import { plan } from '../../operators/expressions/plan.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { sumAt, type ExactSums } from '../../operators/summaries/exact_sum.js';
import { grid } from '../../operators/summaries/grid.js';
import { histogram } from '../../operators/summaries/histogram.js';
import { moments } from '../../operators/summaries/moments.js';
import { NUMBERS_OF, type Filled } from './result.js';
import { WORKLOAD } from './workload.js';

const { centroids, mean, width, delta, mass, ht, deta } = WORKLOAD;
/** As a replay reads them. */
const BATCH_EVENTS = 8192;

const six = (kind: string): string => WORKLOAD.columns.filter((name) => name.startsWith(kind)).join(', ');
const definitions = new Map(
  Object.entries({
    m_truth: `mass(${six('gen')})`,
    m_reco: `mass(${six('reco')})`,
    delta: '(m_reco - m_truth) / m_truth',
    H_T: 'gen_l1_pt + gen_l2_pt',
    abs_deta: 'abs(gen_l1_eta - gen_l2_eta)',
  }).map(([name, formula]) => [name, parse(formula)]),
);
const OUTPUTS = ['H_T', 'abs_deta', 'm_reco', 'delta'] as const;

const map: RegimeMap = {
  version: 'given',
  variables: ['H_T', 'abs_deta'],
  scale: mean.map((value, d) => ({ mean: value, width: width[d]! })),
  centroids,
  labels: centroids.map((_, r) => String(r)),
};

/** The chain as a replay does it: formulas, regimes and summaries, a batch after the other. Sums are exact. */
export function evaluated(by: EvaluatedBy) {
  const given = new Map(WORKLOAD.columns.map((name) => [name, { type: 'number', unit: null } as const]));
  const { order } = plan(definitions, OUTPUTS, given);
  const evaluate = compile(definitions, order, OUTPUTS, by);
  const group = new Uint16Array(BATCH_EVENTS);
  const distances = new Float64Array(BATCH_EVENTS);
  return (columns: readonly Float32Array[], events: number): Filled => {
    const groups = centroids.length;
    const response = histogram.create({ bins: delta, groups, weighted: false });
    const plane = grid.create({ x: ht, y: deta, weighted: false, response: true });
    const byRegime = moments.create({ groups, weighted: false, wide: false });
    const spectrum = histogram.create({ bins: mass, groups: 1, weighted: false });
    for (let start = 0; start < events; start += BATCH_EVENTS) {
      const length = Math.min(BATCH_EVENTS, events - start);
      const batch = new Map<string, Column>(
        columns.map((column, c) => [WORKLOAD.columns[c]!, column.subarray(start, start + length)]),
      );
      const made = evaluate(batch, length);
      const [x, y, reco, d] = OUTPUTS.map((name) => made.get(name)!) as [F, F, F, F];
      assignRegimes(map, [x, y], length, group, distances);
      histogram.fill(response, { length, columns: [d], group, weight: null });
      grid.fill(plane, { length, columns: [x, y, d], group: null, weight: null });
      moments.fill(byRegime, { length, columns: [d], group, weight: null });
      histogram.fill(spectrum, { length, columns: [reco], group: null, weight: null });
    }
    return {
      counts: {
        delta: withoutNaN(response.n, groups, delta[0]),
        grid: plane.n,
        mass: withoutNaN(spectrum.n, 1, mass[0]),
        regime: byRegime.n,
      },
      sums: {
        gridDelta: everyThird(plane.sums!, 0, NUMBERS_OF.sums.gridDelta),
        gridAbsolute: everyThird(plane.sums!, 2, NUMBERS_OF.sums.gridAbsolute),
        regimeDelta: everyThird(byRegime.sums, 0, groups),
        regimeSquare: everyThird(byRegime.sums, 1, groups),
      },
    };
  };
}

type F = Float64Array;

/** Histograms of the project have one slot more a group, for NaN, which the columns here do not give. */
const withoutNaN = (n: F, groups: number, bins: number): number[] =>
  Array.from({ length: groups }, (_, g) => [...n.subarray(g * (bins + 3), (g + 1) * (bins + 3) - 1)]).flat();

const everyThird = (sums: ExactSums, first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => sumAt(sums, 3 * i + first));
