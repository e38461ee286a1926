import { gainInWords } from '../correction/accept.js';
import { VALIDATION } from '../correction/candidates.js';
import { fitCorrection, type CorrectionConfig } from '../correction/fit_correction.js';
import { sigmaOf } from '../correction/gain.js';
import { normal } from '../random/normal.js';
import type { ContextVariable, RegimesConfig } from '../regimes/regime_map.js';
import { fitRegimesFromCells } from '../regimes/regimes_from_cells.js';
import type { ResponseCellsState } from '../summaries/response_cells.js';
import type { Training } from './memory.js';
import { mapAndCorrection, onlineModels, uncorrected, type OnlineModels } from './models.js';
import { meanGain, responseGain } from './paired_gain.js';
import { remap, type RemapConfig } from './remap.js';

export interface ChallengeConfig {
  readonly variables: readonly ContextVariable[];
  readonly regimes: RegimesConfig;
  readonly correction: CorrectionConfig;
  readonly remap: RemapConfig;
  /** Weight of the training events below which nothing is fitted. */
  readonly minimumEvents: number;
  /** Chance, one-sided, to challenge a version with one that is no better, e.g. 0.01. */
  readonly level: number;
}

/** What there is to fit on, and what is to be replaced (null at first). */
export interface ChallengeInput {
  readonly cells: ResponseCellsState;
  readonly training: Training;
  readonly newest: ResponseCellsState;
  readonly current: OnlineModels | null;
  readonly unusedId: number;
}

/** Models to be put into effect, and those to go back to; or why not (`kept`), and whether data were lacking. */
export type Challenge =
  | {
      readonly models: OnlineModels;
      readonly previous: OnlineModels;
      readonly births: readonly number[];
      readonly deaths: readonly number[];
      readonly unusedId: number;
      readonly remapped: boolean;
      readonly simpler: boolean;
      readonly reason: string;
    }
  | { readonly kept: string; readonly lacking: boolean };

/**
 * A challenger fitted on the memory: a new map where the regimes have changed (remap.ts), else the map in effect, and
 * the correction fitted on it. On the same map it goes no further unless it is better than the correction in effect on
 * the validation events in memory, beyond the normal quantile of 1 − level, and also in the mean on those of the newest
 * window alone. So a stable stream keeps its version, and one bad window is not fitted again and again as long as it is
 * remembered.
 */
export function challenge(input: ChallengeInput, config: ChallengeConfig): Challenge {
  const { cells, training, newest, current, unusedId } = input;
  if (training.weight < config.minimumEvents || training.events === 0) {
    return { kept: `training events weigh ${rounded(training.weight)}, ${config.minimumEvents} wanted`, lacking: true };
  }
  const fitted = fitRegimesFromCells(cells, config.variables, config.regimes)!.map;
  if (current === null) {
    const ids = fitted.centroids.map((_, row) => row);
    const { model, reason } = fitCorrection(cells, fitted, config.correction);
    const models = onlineModels({ map: fitted, ids }, model, training);
    const numbers = { births: ids, deaths: [], unusedId: ids.length };
    const words = `first version; correction ${model.layer}: ${reason}`;
    return { models, previous: uncorrected(models), ...numbers, remapped: false, simpler: false, reason: words };
  }
  const change = remap(current.regimes, fitted, unusedId, cells, config.remap, config.level);
  const regimes = change?.regimes ?? current.regimes;
  const { model, reason } = fitCorrection(cells, regimes.map, config.correction);
  const models = onlineModels(regimes, model, training);
  if (change) {
    const { births, deaths, simpler } = change;
    const words = `${change.reason}; correction ${model.layer}: ${reason}`;
    return {
      models,
      previous: current,
      births,
      deaths,
      unusedId: change.unusedId,
      remapped: true,
      simpler,
      reason: words,
    };
  }
  const [old, challenger] = [mapAndCorrection(current), mapAndCorrection(models)];
  const gain = meanGain(responseGain(cells, old, challenger, VALIDATION));
  const recent = meanGain(responseGain(newest, old, challenger, VALIDATION));
  const wanted = normal(1 - config.level);
  const words = `correction ${model.layer} against ${current.correction.layer} in effect: ${gainInWords(gain)} on validation (${sigmaOf(gain).toFixed(1)} sigma, ${wanted.toFixed(1)} wanted)`;
  if (sigmaOf(gain) < wanted) return { kept: words, lacking: false };
  if (!(recent.value > 0)) return { kept: `${words}, but not on the newest window`, lacking: false };
  return {
    models,
    previous: current,
    births: [],
    deaths: [],
    unusedId,
    remapped: false,
    simpler: false,
    reason: words,
  };
}

const rounded = (x: number): number => Math.round(x * 10) / 10;
