import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { Book } from '../operators/summaries/book.js';
import type { DistinctState } from '../operators/summaries/distinct.js';
import type { Pipeline } from '../schemas/pipeline.js';
import type { CoreBounds } from './core_bounds.js';
import { eventsSeen, learnLocal, NO_WIDTH, type LearnedModel, type RunPass } from './learn_local.js';
import {
  families,
  firstEntries,
  MAX_WINDOWS,
  pullEntries,
  windowEntries,
  zoneEntries,
  type Model,
} from './local_entries.js';
import { continuousFeatures, hasLocalModel } from './local_formulas.js';
import { CORE, type LocalPass } from './local_pass.js';
import { refitLocal, type LocalOnline } from './local_online.js';
import { DELTA } from './observations.js';
import { stateOf } from './report/pages.js';
import { windowCellEntries } from './window_cells.js';

/** What the local analysis has found. */
export interface LocalFindings {
  /** Events that took part. */
  readonly events: number;
  readonly learned: LearnedModel | null;
  /** Why there is no learned model. */
  readonly reason: string | null;
  readonly models: readonly Model[];
  /** The model whose verdict counts. */
  readonly judge: Model | undefined;
  /** Response by context cell and split, features. */
  readonly first: Book;
  /** Pulls by family, profiles along the context, windows. */
  readonly final: Book;
  /** The local model as it was refitted while windows closed. */
  readonly online: LocalOnline | null;
  /** Why it was not, if it was asked for. */
  readonly notRefitted: string | null;
  /** Response cells of each window, if models are refitted as windows close. */
  readonly byWindow: Book | null;
  /** Numbers of the windows, rising. */
  readonly windows: Float64Array | null;
  readonly core: CoreBounds;
}

/** Fewer events do not make a local model. */
const MIN_EVENTS = 1000;

/**
 * The local analysis: the learned local model, pulls of it and of the declared one, and the response along the context
 * and over windows. About `local_model.max_events` of the used events take part, chosen by the hash of their identity.
 */
export async function analyseLocally(
  pipeline: Pipeline,
  map: RegimeMap,
  used: number,
  core: { readonly median: number; readonly sigma68: number },
  clips: CoreBounds,
  run: RunPass,
  runByWindow: RunPass,
): Promise<LocalFindings> {
  const { max_events: most, folds, declared, verdict } = pipeline.local_model;
  const local = hasLocalModel(pipeline);
  const target = pipeline.correction !== 'none' && pipeline.correction.target === 'mean' ? DELTA : CORE;
  const below = used > most ? Math.round((most / used) * 2 ** 32) : 2 ** 32;
  const base: LocalPass = { below, folds, step: null, core: clips, declared: false, windows: null };
  const features = local ? continuousFeatures(pipeline) : [];
  const first = await run(firstEntries(pipeline, target, features), base);
  const events = eventsSeen(first);
  const regimes = map.centroids.length;
  const all = families(pipeline, regimes);
  const impossible = !local
    ? 'the pipeline has no objects with features'
    : events < MIN_EVENTS
      ? `${events} events, ${MIN_EVENTS} are needed`
      : null;
  const learned = impossible === null ? await learnLocal(pipeline, first, core, all, base, run) : null;
  const reason = learned === null ? (impossible ?? NO_WIDTH) : null;
  const windows = windowsOf(pipeline, first);
  const models: Model[] = [
    ...(learned ? (['learned'] as const) : []),
    ...(local && declared ? (['declared'] as const) : []),
  ];
  const judge = models.includes(verdict) ? verdict : models[0];
  const final = await run(
    [
      ...zoneEntries(pipeline, models),
      ...pullEntries(models, all),
      ...windowEntries(pipeline, regimes, windows, judge),
    ],
    { ...base, declared: models.includes('declared'), windows, step: learned?.step ?? null },
  );
  const byWindow =
    pipeline.online && windows
      ? await runByWindow(windowCellEntries(pipeline, windows.length, target), { ...base, windows })
      : null;
  const refitted =
    pipeline.online === undefined
      ? null
      : windows === null
        ? { reason: pipeline.window === undefined ? 'the pipeline has no windows' : `more than ${MAX_WINDOWS} windows` }
        : learned === null
          ? { reason: reason! }
          : await refitLocal(pipeline, regimes, core, windows, base, run);
  const [online, notRefitted] =
    refitted === null || 'versions' in refitted ? [refitted, null] : [null, refitted.reason];
  return { byWindow, online, notRefitted, events, learned, reason, models, judge, first, final, windows, core: clips };
}

/** The windows that there are; null where the pipeline has none, or the sample too many to follow. */
function windowsOf(pipeline: Pipeline, first: Book): Float64Array | null {
  if (pipeline.window === undefined) return null;
  const { over, values } = stateOf<DistinctState>(first, 'windows');
  return over ? null : values;
}
