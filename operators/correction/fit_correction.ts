import type { RegimeMap } from '../regimes/regime_map.js';
import type { ResponseCellsState } from '../summaries/response_cells.js';
import { gainInWords } from './accept.js';
import { candidatesFor, correctionModel, correctionOfCells, TRAIN, VALIDATION, type Candidates } from './candidates.js';
import type { CorrectionModel } from './correction_model.js';
import { gains, sigmaOf } from './gain.js';
import { eventsByRegime, regimeCells, type RegimeCells } from './regime_cells.js';
import { trainingRange } from './training_range.js';

export interface CorrectionConfig {
  /** Chance, in all, to accept a correction where there is nothing to correct (one-sided). */
  readonly level: number;
  /** Chance, in all regimes, to take a loss for real that is not. */
  readonly harmLevel: number;
  /** A regime with fewer training events is left as it is; so is everything with fewer training or validation events. */
  readonly minimum: number;
  readonly layers: readonly ('regime' | 'smooth')[];
}

export const CORRECTION: CorrectionConfig = {
  level: 0.05,
  harmLevel: 0.05,
  minimum: 100,
  layers: ['regime', 'smooth'],
};

export interface CorrectionFit extends Omit<Candidates, 'excluded'> {
  /** What is accepted; else the identity. */
  readonly model: CorrectionModel;
  readonly accepted: boolean;
  /** In words, with the numbers. */
  readonly reason: string;
  /** Events fitted on, and judged on. */
  readonly training: number;
  readonly validation: number;
}

/**
 * Fits the correction layers (candidates.ts) on the training events and takes the best that the validation events
 * accept (accept.ts); if they accept none, the identity. A pure function of the summary and the map, to the last bit;
 * test events change nothing. Smooth wins over an accepted layer by regime only if its gain over it, event by event, is
 * as significant as over none: else the simpler one stays.
 *
 * @param state response_cells by split: train, validation, and any more. Settled here.
 */
export function fitCorrection(
  state: ResponseCellsState,
  map: RegimeMap,
  config: CorrectionConfig = CORRECTION,
): CorrectionFit {
  const cells = regimeCells(state, map);
  const [training, validation] = [TRAIN, VALIDATION].map((group) =>
    eventsByRegime(cells, group).reduce((sum, n) => sum + n, 0),
  ) as [number, number];
  const identity = correctionModel(
    map,
    'identity',
    0,
    trainingRange(cells, TRAIN),
    map.centroids.map(() => [0]),
  );
  const few = [
    [training, 'training'],
    [validation, 'validation'],
  ].find(([events]) => Number(events) < config.minimum);
  if (few) {
    const reason = `${few.join(' ')} events, ${config.minimum} are needed`;
    return { model: identity, accepted: false, reason, candidates: [], scan: [], training, validation };
  }
  const { excluded, ...found } = candidatesFor(cells, config);
  const { model, reason } = choose(cells, found.candidates) ?? {
    model: identity,
    reason: [...excluded, ...found.candidates.map((candidate) => candidate.reason)].join('; '),
  };
  return { model, accepted: model !== identity, reason, ...found, training, validation };
}

function choose(
  cells: RegimeCells,
  candidates: Candidates['candidates'],
): { readonly model: CorrectionModel; readonly reason: string } | undefined {
  const accepted = candidates.filter((candidate) => candidate.accepted);
  const [regime, smooth] = accepted;
  if (!regime || !smooth) return regime;
  const over = gains(
    cells,
    VALIDATION,
    correctionOfCells(regime.model, cells),
    correctionOfCells(smooth.model, cells),
  ).all;
  const better = sigmaOf(over) >= smooth.wanted;
  const winner = better ? smooth : regime;
  const numbers = `${gainInWords(over)} (${sigmaOf(over).toFixed(1)} sigma, ${smooth.wanted.toFixed(1)} wanted)`;
  return { model: winner.model, reason: `${winner.reason}; smooth over regime: ${numbers}` };
}
