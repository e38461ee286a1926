import { sizesOf } from '../../operators/probes/envelope.js';
import { randomControl } from '../../operators/probes/random_control.js';
import type { Attack, AttackSettings, Perturbed } from '../../operators/probes/types.js';
import { attackOf, STEPS, type AttackName, type Caps } from './attacks.js';
import type { Probed } from './objective.js';

export interface AttackPlan {
  readonly attacks: readonly AttackName[];
  /** Rising. */
  readonly sizes: readonly number[];
  readonly seed: number;
  readonly caps: Caps;
  /** Random directions of the control; the best one counts. */
  readonly tries: number;
  /** Called with the part that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void | Promise<void>;
}

/** What one attack did at one size. */
export interface Bout {
  readonly attack: AttackName;
  readonly size: number;
  readonly perturbed: Perturbed;
}

export interface Bouts {
  readonly bouts: readonly Bout[];
  /** The control of each size. */
  readonly control: ReadonlyMap<number, Perturbed>;
}

/**
 * Every attack at every size, and the control. The search for the least size that fools runs once, up to the largest
 * size: at a smaller one it fools the events that need no more.
 */
export async function runAttacks(probed: Probed, plan: AttackPlan): Promise<Bouts> {
  const { envelope, events, objective } = probed;
  const { attacks, sizes, seed, tries } = plan;
  const parts = attacks.reduce((sum, name) => sum + (name === 'minimal' ? 1 : sizes.length), sizes.length);
  let part = 0;
  const run = async (attack: Attack, size: number): Promise<Perturbed> => {
    const settings: AttackSettings = {
      ...{ size, seed, steps: STEPS },
      onProgress: (done) => plan.onProgress?.((part + done) / parts),
    };
    const perturbed = await attack(envelope, events, objective, settings);
    await plan.onProgress?.(++part / parts);
    return perturbed;
  };
  const control = new Map<number, Perturbed>();
  for (const size of sizes) control.set(size, await run(randomControl(tries), size));
  const bouts: Bout[] = [];
  for (const attack of attacks) {
    if (attack === 'minimal') {
      const largest = await run(attackOf(attack, plan.caps), Math.max(...sizes));
      for (const size of sizes) bouts.push({ attack, size, perturbed: upTo(probed, largest, size) });
    } else {
      for (const size of sizes) bouts.push({ attack, size, perturbed: await run(attackOf(attack, plan.caps), size) });
    }
  }
  return { bouts, control };
}

/** Where events that would have to move further stay as they were. */
function upTo(
  { envelope, events, margin: nominal }: Probed,
  { x, margin, evaluations }: Perturbed,
  size: number,
): Perturbed {
  const rows = Int32Array.from({ length: events.length }, (_, i) => i);
  const sizes = sizesOf(envelope, events, rows, x);
  const far = (i: number): boolean => sizes[i]! > size * (1 + 1e-9);
  return {
    x: x.map((column, j) => column.map((value, i) => (far(i) ? events.x[j]![i]! : value))),
    margin: margin.map((value, i) => (far(i) ? nominal[i]! : value)),
    evaluations,
  };
}
