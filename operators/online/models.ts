import { correctionModel } from '../correction/candidates.js';
import type { CorrectionModel } from '../correction/correction_model.js';
import { contentHash } from '../summaries/codec.js';
import type { VersionedMap } from './match_regimes.js';
import type { Training } from './memory.js';
import type { MapAndCorrection } from './paired_gain.js';

/** One version of what takes part in a window: regimes with their numbers, and the correction on them. */
export interface OnlineModels {
  /** contentHash of map, numbers and correction: the same models have the same name, whenever they were fitted. */
  readonly version: string;
  readonly regimes: VersionedMap;
  readonly correction: CorrectionModel;
  readonly training: Training;
}

export function onlineModels(regimes: VersionedMap, correction: CorrectionModel, training: Training): OnlineModels {
  const version = contentHash({ map: regimes.map.version, ids: regimes.ids, correction: correction.version });
  return { version, regimes, correction, training };
}

/** The same regimes without a correction: what the first version has to win against. */
export function uncorrected({ regimes, correction, training }: OnlineModels): OnlineModels {
  const { low, high } = correction;
  const none = regimes.map.centroids.map(() => [0]);
  return onlineModels(regimes, correctionModel(regimes.map, 'identity', 0, { low, high }, none), training);
}

export const mapAndCorrection = ({ regimes, correction }: OnlineModels): MapAndCorrection => ({
  map: regimes.map,
  correction,
});

/** A version as it is written in a sentence. */
export const shortName = ({ version }: OnlineModels): string => version.slice(0, 12);
