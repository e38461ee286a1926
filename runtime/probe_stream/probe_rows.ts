import { gradient } from '../../operators/probes/gradient.js';
import { randomControl } from '../../operators/probes/random_control.js';
import type { Attack, Model } from '../../operators/probes/types.js';
import type { ModelCard } from '../../schemas/model_card.js';
import type { Probe } from '../../schemas/pipeline.js';
import { objectiveOf, selectRows, type CardRows } from '../probe/objective.js';
import { attackOf } from '../probe/attacks.js';

/** Margins of events as they are, after the attack and after the control; NaN: the model gives none. */
export interface ProbedMargins {
  readonly before: Float64Array;
  readonly attacked: Float64Array;
  readonly control: Float64Array;
  /** Rows that the model was asked for. */
  readonly evaluations: number;
}

/** The margin of an event that is wrong as it is: any number below 0. */
const WRONG = -1;
/** Only whether an event is fooled is counted, so that the search for one that is ends there. */
const FOOLED = 0;

/**
 * Attacks the events that are right, and gives each the control of the same size. A regressor is pushed up and down, by
 * both, and the lower margin counts. `onProgress` is called between steps and may wait.
 */
export async function probeRows(
  probe: Probe,
  card: ModelCard,
  { run }: Pick<Model, 'run'>,
  rows: CardRows,
  onProgress?: () => void | Promise<void>,
): Promise<ProbedMargins> {
  const { score, right } = await objectiveOf(card, run, rows);
  const chosen = Int32Array.from({ length: rows.length }, (_, i) => i).filter((i) => right[i] === 1);
  const before = score.map((s, i) => (Number.isNaN(s) ? NaN : right[i] === 1 ? 0 : WRONG));
  const [attacked, control] = [before.slice(), before.slice()];
  let evaluations = rows.length;
  const some = selectRows(rows, chosen);
  const settings = { size: probe.size, seed: probe.seed, steps: probe.steps, ...(onProgress && { onProgress }) };
  const known = Float64Array.from(chosen, (row) => score[row]!);
  const bothWays = card.task.kind === 'regress';
  let slope: Float64Array[] | undefined;
  for (const direction of bothWays ? ([1, -1] as const) : ([1] as const)) {
    if (chosen.length === 0) break;
    const { envelope, events, objective, margin } = await objectiveOf(card, run, some, direction, known);
    if (bothWays && probe.attack === 'gradient') {
      // Pushed down, the margin's gradient is that of pushed up with the other sign.
      slope &&= slope.map((column) => column.map((each) => -each));
      if (!slope) {
        const all = chosen.map((_, r) => r);
        const found = await gradient(envelope, events, objective, all, events.x, { margin, size: probe.size });
        evaluations += found.evaluations;
        slope = found.gradient;
      }
    }
    const sides = [
      [attackOf(probe.attack, probe.caps, FOOLED, slope), attacked],
      [randomControl(probe.random_tries), control],
    ] as const satisfies readonly (readonly [Attack, Float64Array])[];
    for (const [attack, into] of sides) {
      const found = await attack(envelope, events, objective, settings);
      evaluations += found.evaluations;
      chosen.forEach((row, r) => {
        into[row] = direction === 1 ? found.margin[r]! : Math.min(into[row]!, found.margin[r]!);
      });
      await onProgress?.();
    }
  }
  return { before, attacked, control, evaluations };
}
