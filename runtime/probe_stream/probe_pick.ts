import type { ModelCard } from '../../schemas/model_card.js';
import type { Pipeline, Probe } from '../../schemas/pipeline.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { EventPick } from '../pick.js';
import { cardFormulas } from '../probe/card_formulas.js';

/** Sets the choice of a probe's events apart from every other use of their hash. */
const PROBE_SEED = 0x5eed_0004;

/** The events of a probe: a share of all by the hash of their identity, of each window those with the smallest. */
export const probePick = (
  { window }: Pipeline,
  name: string,
  { seed, rate, per_window: most }: Probe,
  card: ModelCard,
): EventPick => ({
  name,
  formulas: cardFormulas(card),
  seed: (seed ^ PROBE_SEED) >>> 0,
  below: rate * 2 ** 32,
  most,
  each: window === undefined ? 'all' : 'window',
});

/** Of all probes of a pipeline; none where its cards are not at hand. */
export const probePicks = ({ pipeline, cards }: LoadedPipeline): EventPick[] =>
  cards === undefined
    ? []
    : Object.entries(pipeline.probes ?? {}).map(([name, probe]) =>
        probePick(pipeline, name, probe, cards.loaded.get(`probes.${name}`)!.card),
      );
