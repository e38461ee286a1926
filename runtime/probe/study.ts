import type { Perturbed } from '../../operators/probes/types.js';
import type { ModelCard } from '../../schemas/model_card.js';
import type { CardRows, Probed } from './objective.js';
import type { Bout, Bouts } from './run_attacks.js';

/** A model on the events that a probe chose, and what was done to those that it had right. */
export interface Study {
  readonly card: ModelCard;
  /** All events that were chosen. */
  readonly rows: CardRows;
  readonly regime: Uint16Array;
  readonly regimes: number;
  readonly whole: Probed;
  /** Places of those that were right among all. */
  readonly right: Int32Array;
  readonly trials: readonly Trial[];
  /** The size at which systematics, distributions and events are shown. */
  readonly size: number;
  readonly sizes: readonly number[];
  readonly seed: number;
}

/** The events that were right, pushed one way. */
export interface Trial {
  /** Of a regressor: the way in which its output is pushed; a classifier's is away from what is right. */
  readonly direction: 1 | -1;
  readonly probed: Probed;
  readonly result: Bouts;
}

/** Name of an attack in a report: 'gradient', or with the way a regressor is pushed, 'gradient_up'. */
export const attackName = ({ card }: Study, attack: string, { direction }: Trial): string =>
  card.task.kind === 'classify' ? attack : `${attack}_${direction === 1 ? 'up' : 'down'}`;

/** Every attack at one size, with its control. */
export const atSize = (study: Study, size: number) =>
  study.trials.flatMap((trial) =>
    trial.result.bouts
      .filter((bout) => bout.size === size)
      .map((bout: Bout) => ({
        trial,
        name: attackName(study, bout.attack, trial),
        attack: bout.attack,
        perturbed: bout.perturbed,
        control: trial.result.control.get(size)!,
      })),
  );

export const regimeOfRight = ({ right, regime }: Study): Uint16Array => Uint16Array.from(right, (row) => regime[row]!);

/** Score (objective.ts) of all events after those that were right were changed; the others are as they were. */
export function scoreAfter(
  { whole, right, card }: Study,
  { probed, direction }: Trial,
  { margin }: Perturbed,
): Float64Array {
  const after = whole.score.slice();
  const { task } = card;
  const resolution = probed.resolution;
  for (let r = 0; r < right.length; r++) {
    const row = right[r]!;
    const m = margin[r]!;
    if (task.kind === 'classify') after[row] = whole.signal![row] === 1 ? m : -m;
    else after[row] = whole.score[row]! + direction * (1 - m) * resolution![r]! * task.tolerance;
  }
  return after;
}
