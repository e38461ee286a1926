import type { Rejections } from '../../operators/batch.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { ModelCard } from '../../schemas/model_card.js';
import { findRegimes } from '../analyse.js';
import { createCrew } from '../crew.js';
import type { EventPick } from '../pick.js';
import { mergePicked } from '../picked.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { readSamples, type Read } from '../read_samples.js';
import type { ReplayOptions } from '../replay_options.js';
import { regimesOf } from '../regimes_of.js';
import type { PreparedSample } from '../samples.js';
import { shardConfig } from '../shard_config.js';
import { cardFormulas } from './card_formulas.js';
import type { CardRows } from './objective.js';

/** Events to probe: what the card needs of each, and its regime. */
export interface ChosenEvents {
  readonly read: Omit<Read, 'identities'>;
  /** Used ones, duplicates left out. */
  readonly usable: number;
  readonly rejected: Rejections;
  readonly map: RegimeMap;
  readonly rows: CardRows;
  readonly regime: Uint16Array;
  readonly position: Float64Array;
}

/** How the events of a probe are picked: those with the smallest hashes of (seed, identity). */
export const cardPick = (card: ModelCard, seed: number, most: number): EventPick => ({
  name: card.name,
  formulas: cardFormulas(card),
  ...{ seed, most, below: 2 ** 32, each: 'all' },
});

/** Reads the samples once, finds the regimes on all events and picks those that are probed. */
export async function chooseEvents(
  loaded: LoadedPipeline,
  card: ModelCard,
  samples: readonly PreparedSample[],
  options: ReplayOptions & { readonly seed: number; readonly events: number },
): Promise<ChosenEvents> {
  const pick = cardPick(card, options.seed, options.events);
  const crew = createCrew(options.workers, shardConfig(loaded, samples, options, [pick]));
  try {
    const { identities, ...read } = await readSamples(samples, crew, options);
    const { duplicate, fit } = await findRegimes(loaded, crew, { ...read, identities });
    const parts = await Promise.all(crew.map((shard) => shard.picked()));
    const { length, keyLo, keyHi, columns, position } = mergePicked(
      pick,
      parts.map(([own]) => own!),
    );
    const regime = regimesOf(fit.map, { length, columns });
    return {
      ...{ read, rejected: read.rejected, usable: read.used - duplicate, map: fit.map, regime, position },
      rows: { length, keyLo, keyHi, values: columns },
    };
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}
