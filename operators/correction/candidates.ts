import type { RegimeMap } from '../regimes/regime_map.js';
import { contentHash } from '../summaries/codec.js';
import { judge, type Judgement } from './accept.js';
import { applyCorrection } from './apply.js';
import { byRegime } from './by_regime.js';
import type { CorrectionModel } from './correction_model.js';
import type { CorrectionConfig } from './fit_correction.js';
import { gains } from './gain.js';
import { largestCorrection } from './largest_correction.js';
import type { RegimeCells } from './regime_cells.js';
import { normalEquations, ridge } from './smooth.js';
import { trainingRange, type TrainingRange } from './training_range.js';

/** A correction, fitted on train and judged on validation. λ is null for the layer by regime. */
export interface Candidate extends Judgement {
  readonly layer: 'regime' | 'smooth';
  readonly degree: 0 | 1 | 2;
  readonly lambda: number | null;
  readonly model: CorrectionModel;
}

export interface Candidates {
  /** One of each layer. */
  readonly candidates: readonly Candidate[];
  /** Why a layer has none. */
  readonly excluded: readonly string[];
  /** Smooth corrections among which the candidate was chosen, and their gain on validation in mean squared bias. */
  readonly scan: readonly { readonly degree: 1 | 2; readonly lambda: number; readonly gain: number }[];
}

/** Groups of the summary: the splits of operators/split.ts. Test events are not looked at. */
export const TRAIN = 0;
export const VALIDATION = 1;

/** A corrected value is value / (1 + c): |c| must not come near 1. */
const MOST = 0.5;

/** From the stiffest on: of equal gain the first is taken. */
const DEGREES = [1, 2] as const;
const LAMBDAS = [10000, 1000, 100, 10, 1] as const;

/**
 * The layer by regime (by_regime.ts), and of the smooth corrections (smooth.ts) of degree 1 and 2 and every λ the one
 * with the least mean squared residual on validation. The level is shared evenly between the layers, and within smooth
 * between all that were tried (accept.ts). What somewhere goes beyond ±0.5 is no candidate.
 */
export function candidatesFor(cells: RegimeCells, config: CorrectionConfig): Candidates {
  const { map } = cells;
  const range = trainingRange(cells, TRAIN);
  const none = new Float64Array(cells.cells);
  const gainOf = (to: CorrectionModel) => gains(cells, VALIDATION, none, correctionOfCells(to, cells));
  const level = config.level / config.layers.length;
  const judged = (layer: Candidate['layer'], lambda: number | null, model: CorrectionModel, trials: number) => {
    const judgement = judge(gainOf(model), { level, trials, harmLevel: config.harmLevel });
    return { ...judgement, layer, degree: model.degree, lambda, model, reason: `${layer}: ${judgement.reason}` };
  };
  const candidates: Candidate[] = [];
  const excluded: string[] = [];

  if (config.layers.includes('regime')) {
    const model = correctionModel(map, 'regime', 0, range, byRegime(cells, TRAIN, config.minimum));
    const largest = Math.max(...largestCorrection(model));
    if (largest <= MOST) candidates.push(judged('regime', null, model, 1));
    else excluded.push(`regime: a correction of ${largest.toPrecision(2)} is beyond ±${MOST}`);
  }
  if (!config.layers.includes('smooth')) return { candidates, excluded, scan: [] };

  const tried = DEGREES.flatMap((degree) => {
    const equations = normalEquations(cells, range, degree, TRAIN);
    return LAMBDAS.map((lambda) => {
      const model = correctionModel(map, 'smooth', degree, range, ridge(equations, lambda, config.minimum));
      return { degree, lambda, model, gain: gainOf(model).all.value };
    });
  });
  const usable = tried.filter(({ model }) => Math.max(...largestCorrection(model)) <= MOST);
  const [first] = usable;
  if (first) {
    const best = usable.reduce((top, one) => (one.gain > top.gain ? one : top), first);
    candidates.push(judged('smooth', best.lambda, best.model, tried.length));
  } else excluded.push(`smooth: every correction tried is somewhere beyond ±${MOST}`);
  return { candidates, excluded, scan: tried.map(({ degree, lambda, gain }) => ({ degree, lambda, gain })) };
}

/** The model with its version. */
export function correctionModel(
  map: RegimeMap,
  layer: CorrectionModel['layer'],
  degree: 0 | 1 | 2,
  range: TrainingRange,
  coefficients: readonly (readonly number[])[],
): CorrectionModel {
  const content = { regimeMap: map.version, layer, variables: map.variables, degree, ...range, coefficients };
  return { ...content, version: contentHash(content) };
}

/** c of the model by cell, at the centre. */
export function correctionOfCells(model: CorrectionModel, cells: RegimeCells): Float64Array {
  const out = new Float64Array(cells.cells);
  applyCorrection(model, cells.map, cells.context, cells.regime, cells.cells, out);
  return out;
}
