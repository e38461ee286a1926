import { WEIGHT, WINDOW } from './pipeline_plan.js';
import type { SampleStage } from './sample_stage.js';
import { reject, type Verdicts } from './verdicts.js';
import { NO_WINDOW } from './window.js';

/** Beyond these, sums would no longer be exact (summaries/exact_sum.ts). */
const MAX_WEIGHT = 2 ** 40;
const MAX_RESPONSE = 1000;
const MAX_WEIGHTED_SQUARE = 2 ** 63;

/** Turns away events with a kept quantity that is no number, or beyond what sums of it can hold. */
export function keptVerdicts(
  { response, context }: SampleStage,
  kept: ReadonlyMap<string, Float64Array>,
  n: number,
  verdicts: Verdicts,
): void {
  const turnAway = (name: string, i: number, x: number, bound: number): void => {
    reject(verdicts, i, `${name}: ${Number.isFinite(x) ? `beyond ±${bound}` : 'not a finite number'}`);
  };
  for (const [name, x] of kept) {
    const [label, bound] = boundOf(name);
    if (name === WINDOW)
      x.forEach((number, i) => {
        if (Number.isNaN(number)) reject(verdicts, i, NO_WINDOW);
      });
    for (let i = 0; i < n; i++) if (!(Math.abs(x[i]!) <= bound)) turnAway(label, i, x[i]!, bound);
  }
  const w = kept.get(WEIGHT);
  for (const { name, most } of context) {
    const x = kept.get(name)!;
    for (let i = 0; i < n; i++) {
      if (!(Math.abs(x[i]!) <= most)) turnAway(name, i, x[i]!, most);
      else if (w && !(Math.abs(w[i]! * x[i]! * x[i]!) <= MAX_WEIGHTED_SQUARE)) {
        reject(verdicts, i, `${name}: its square times the weight is beyond ±${MAX_WEIGHTED_SQUARE}`);
      }
    }
  }
  if (response) {
    const reco = kept.get(response.reco)!;
    const truth = kept.get(response.truth)!;
    for (let i = 0; i < n; i++) {
      const delta = (reco[i]! - truth[i]!) / truth[i]!;
      if (!(Math.abs(delta) <= MAX_RESPONSE)) turnAway(response.name, i, delta, MAX_RESPONSE);
    }
  }
}

/** What a kept quantity is called in a rejection, and how large it may be. */
function boundOf(name: string): [label: string, bound: number] {
  if (name === WEIGHT) return ['weight', MAX_WEIGHT];
  return [name.replace(/^\((?:object )?(.*)\)$/, '$1'), Number.MAX_VALUE];
}
