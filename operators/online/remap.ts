import { TRAIN, VALIDATION } from '../correction/candidates.js';
import { sigmaOf } from '../correction/gain.js';
import { eventsByRegime, regimeCells } from '../correction/regime_cells.js';
import { normal } from '../random/normal.js';
import type { RegimeMap } from '../regimes/regime_map.js';
import type { ResponseCellsState } from '../summaries/response_cells.js';
import { matchRegimes, versionedMap, type RegimeMatch, type VersionedMap } from './match_regimes.js';
import { contextGain, meanGain } from './paired_gain.js';

export interface RemapConfig {
  /** Share of the mean squared distance to the centroids that a new map must take away, e.g. 0.05. */
  readonly gain: number;
  /** A regime that the new map has not and that holds less than this share of the training events has vanished. */
  readonly vanished: number;
  /** How far a regime may move, as a part of the distance to its nearest neighbour (match_regimes.ts), e.g. 0.5. */
  readonly farthest: number;
}

export interface Remap extends RegimeMatch {
  /** A regime has vanished and nothing else has changed: the new map has to be no worse, not better. */
  readonly simpler: boolean;
  readonly reason: string;
}

/**
 * New regimes where they have changed; else undefined and the map stays, so that regimes do not wander with the noise of
 * every refit (k-means has many minima of nearly the same inertia) and their series can be compared. The fitted map is
 * taken if, on the validation events in memory, it lessens the squared distance to the centroids by the share `gain`
 * and beyond the normal quantile of 1 − level. Else, where regimes have vanished, the map without them.
 */
export function remap(
  old: VersionedMap,
  fitted: RegimeMap,
  unusedId: number,
  cells: ResponseCellsState,
  config: RemapConfig,
  level: number,
): Remap | undefined {
  const match = matchRegimes(old, fitted, unusedId, config.farthest);
  const sums = contextGain(cells, old.map, match.regimes.map, VALIDATION);
  const sigma = sigmaOf(meanGain(sums));
  const share = sums.loss > 0 ? sums.sum / sums.loss : 0;
  if (sigma >= normal(1 - level) && share >= config.gain) {
    const reason = `squared distance to the centroids lessened by ${(100 * share).toFixed(1)} % (${sigma.toFixed(1)} sigma)`;
    return { ...match, simpler: false, reason };
  }
  const events = eventsByRegime(regimeCells(cells, old.map), TRAIN);
  const few = config.vanished * events.reduce((sum, n) => sum + n, 0);
  const deaths = match.deaths.filter((id) => events[old.ids.indexOf(id)]! < few);
  if (deaths.length === 0) return undefined;
  const left = old.ids.filter((id) => !deaths.includes(id));
  const regimes = versionedMap(old.map, old.ids, left);
  const reason = `regime ${deaths.join(', ')} without events: less than ${100 * config.vanished} % of them`;
  return { regimes, births: [], deaths, unusedId, simpler: true, reason };
}
