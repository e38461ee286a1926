import { hashKey } from '../../operators/hash.js';
import { firstModels } from '../../runtime/live/first_models.js';
import type { LiveModels } from '../../runtime/live/live_models.js';
import type { ModelsMessage } from '../../runtime/live/messages.js';
import type { Arrived } from '../../runtime/live/partition.js';
import { wireStage } from '../../runtime/live/wire_stage.js';
import type { LoadedPipeline } from '../../runtime/pipeline_file.js';
import type { WireBatch } from '../../sources/wire/types.js';
import { crewOf, settings } from './replay.js';

const evenly = (seed: number, event: number, low: number, high: number): number =>
  low + ((high - low) * hashKey(seed, event, 0)) / 2 ** 32;

/** Columns of base.yaml: every quantity is a function of the event's number; δ grows with pT. */
const QUANTITIES: Readonly<Record<string, (event: number) => number>> = {
  event: (event) => event,
  gen_pt1: (event) => evenly(1, event, 20, 300),
  gen_pt2: (event) => evenly(2, event, 20, 90),
  gen_eta1: (event) => evenly(3, event, -2.4, 2.4),
  gen_eta2: (event) => evenly(4, event, -2.4, 2.4),
  reco_pt1: (event) => {
    const pt = evenly(1, event, 20, 300);
    const noise = [5, 6, 7, 8].reduce((sum, seed) => sum + evenly(seed, event, -0.5, 0.5), 0);
    return pt * (1 + 0.02 * noise + 1e-4 * pt);
  },
  w: (event) => evenly(9, event, 0.5, 1.5),
};

/** A message of a log: its offset, and the numbers of its events. */
export type NumberedMessage = readonly [offset: number, events: readonly number[]];

/** Neighbouring messages as their decoder gives them together. */
export function wireBatch(
  messages: readonly NumberedMessage[],
  spoil: Readonly<Record<string, number>> = {},
): WireBatch {
  const events = messages.flatMap(([, numbers]) => numbers);
  const columns = new Map(
    Object.entries(QUANTITIES).map(([name, of]) => [
      name,
      Float64Array.from(events, spoil[name] === undefined ? of : () => spoil[name]!),
    ]),
  );
  const places = messages.flatMap(([offset, numbers]) => numbers.map((_, i) => offset * 2 ** 16 + i));
  return { length: events.length, columns, position: Float64Array.from(places) };
}

/** Such messages as events of the pipeline. */
export const arrived = (loaded: LoadedPipeline, ...messages: NumberedMessage[]): Arrived =>
  wireStage(loaded, 'events', 0)(wireBatch(messages));

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Models learned from the events of these numbers. */
export function modelsOf(loaded: LoadedPipeline, events: readonly number[]): Promise<LiveModels> {
  const { online: _, ...once } = loaded.pipeline;
  const { chunk } = arrived(loaded, [0, events]);
  return firstModels({ ...loaded, pipeline: once }, crewOf(1, loaded, [], settings()), [chunk]);
}

/** What the keeper tells who has learned them, before any refit. */
export const told = (models: LiveModels, through = Infinity, closed = -Infinity): ModelsMessage => ({
  ...{ kind: 'models', models, through, closed },
  applied: [
    {
      from: -Infinity,
      version: models.correction?.version ?? models.version,
      map: models.map,
      correction: models.correction,
    },
  ],
});
