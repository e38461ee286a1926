import { gainInWords } from '../correction/accept.js';
import { VALIDATION } from '../correction/candidates.js';
import { sigmaOf } from '../correction/gain.js';
import { normal } from '../random/normal.js';
import type { ResponseCellsState } from '../summaries/response_cells.js';
import { mapAndCorrection, type OnlineModels } from './models.js';
import { addGains, contextGain, meanGain, NO_GAIN, responseGain, type GainSums } from './paired_gain.js';

export interface TrialConfig {
  /** Validation events that must have come after the training data before the verdict. */
  readonly events: number;
  /** Chance, one-sided, that a version no better than the one it replaced is taken for better, e.g. 0.05. */
  readonly level: number;
}

/** A version in effect that has yet to win against the one it replaced. */
export interface Trial {
  readonly previous: OnlineModels;
  /** It has another map. */
  readonly remapped: boolean;
  /** It has fewer regimes since one has vanished: no worse is enough. */
  readonly simpler: boolean;
  readonly response: GainSums;
  readonly context: GainSums;
}

export const openTrial = (
  previous: OnlineModels,
  { remapped, simpler }: Pick<Trial, 'remapped' | 'simpler'>,
): Trial => ({
  previous,
  remapped,
  simpler,
  response: NO_GAIN,
  context: NO_GAIN,
});

/** The trial with the validation events of one more window, all of them after the training data of both versions. */
export function watch(trial: Trial, current: OnlineModels, cells: ResponseCellsState): Trial {
  const { previous, remapped } = trial;
  const response = responseGain(cells, mapAndCorrection(previous), mapAndCorrection(current), VALIDATION);
  const context = remapped ? contextGain(cells, previous.regimes.map, current.regimes.map, VALIDATION) : NO_GAIN;
  return { ...trial, response: addGains(trial.response, response), context: addGains(trial.context, context) };
}

/**
 * The verdict, at the first window end with enough events (a sample of fixed size: no look after every window until it
 * suits); undefined before. The version wins if the mean gain in squared residual of δ or, with a new map, in squared
 * distance of the context is beyond the normal quantile q of 1 − level (1 − level / 2 each where both are tested) and
 * neither is beyond it on the other side.
 *
 * Merely to be better would not do: of two versions of equal worth either wins half the time. Together with the first
 * test, on the events in memory (challenge.ts), which are others, a change of nothing passes with a chance near the
 * product of the two levels, while a shift Δ of δ of width σ is confirmed half the time from (2 q σ / Δ)² events on: the
 * mean gain is Δ², its error 2 Δ σ / √n.
 */
export function verdict(trial: Trial, { events, level }: TrialConfig): { won: boolean; reason: string } | undefined {
  if (trial.response.n < events) return undefined;
  const wanted = normal(1 - level / (trial.remapped ? 2 : 1));
  const response = meanGain(trial.response);
  const [inResponse, inContext] = [sigmaOf(response), sigmaOf(meanGain(trial.context))];
  const better = inResponse >= wanted || inContext >= wanted || trial.simpler;
  const worse = Math.min(inResponse, inContext) < -wanted;
  const words = [`${gainInWords(response)} on ${trial.response.n} later validation events`];
  words.push(`${inResponse.toFixed(1)} sigma`);
  if (trial.remapped) words.push(`distance to the centroids ${inContext.toFixed(1)} sigma`);
  return { won: better && !worse, reason: `${words.join(', ')}, ${wanted.toFixed(1)} wanted` };
}
