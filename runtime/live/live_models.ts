import type { CorrectionModel } from '../../operators/correction/correction_model.js';
import type { LocalStep } from '../../operators/locality/local_rows.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { contentHash } from '../../operators/summaries/codec.js';
import { coreBounds, type CoreBounds } from '../core_bounds.js';
import type { Model } from '../local_entries.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Findings } from '../report/build.js';

/** What events of a live stream are looked at with: learned once, from its first windows or a stored sample. Plain data. */
export interface LiveModels {
  /** Hash of the rest. */
  readonly version: string;
  readonly map: RegimeMap;
  /** Bounds of the core of the response by regime; null: the pipeline has no response. */
  readonly core: CoreBounds | null;
  /** The local model that pulls are made with, and the learned one if it is. */
  readonly judge: Model | null;
  readonly step: LocalStep | null;
  /** null: none was accepted. */
  readonly correction: CorrectionModel | null;
  /** Events that it was learned from. */
  readonly events: number;
}

export function liveModels({ fit, observed, zoomed, local, corrected, used }: Findings): LiveModels {
  const judge = local?.judge ?? null;
  const content = {
    map: fit.map,
    core: local && coreBounds(fit.map, observed, zoomed),
    judge,
    step: judge === 'learned' ? (local?.learned?.step ?? null) : null,
    correction: corrected?.fit.accepted === true ? corrected.fit.model : null,
    events: used,
  };
  return { version: contentHash(content), ...content };
}

/** Whether a correction can be in effect for a window. */
export const canCorrect = ({ online }: Pipeline, { correction }: LiveModels): boolean =>
  correction !== null || online !== undefined;
