import { normal } from '../../../operators/random/normal.js';
import type { AttackName } from '../../../runtime/probe/attacks.js';
import { objectiveOf, selectRows, type CardRows, type RunModel } from '../../../runtime/probe/objective.js';
import { runAttacks } from '../../../runtime/probe/run_attacks.js';
import type { Study } from '../../../runtime/probe/study.js';
import { modelCard } from '../../support/model_card.js';

const EVENTS = 3000;
/** Σ |w_j σ_j| of the model below. */
export const SHIFT = 0.5;

/** Score 3 a − 2 b, σ_a = 0.1 and σ_b = 0.1; a held input beside them. */
const run: RunModel = ([a, b], n) => Promise.resolve([a!.slice(0, n).map((x, i) => 3 * x - 2 * b![i]!)]);

const card = modelCard({
  inputs: [{ name: 'a', uncertainty: { absolute: 0.1 } }, { name: 'b', uncertainty: { absolute: 0.1 } }, { name: 'n' }],
});

/** Events whose label is the sign of the score but for one in 20, in two regimes. */
export async function linearStudy(sizes: readonly number[], attacks: readonly AttackName[]): Promise<Study> {
  const column = (of: (i: number) => number): Float64Array => Float64Array.from({ length: EVENTS }, (_, i) => of(i));
  // Fractions of multiples of irrational numbers fill the unit square evenly.
  const draw = (step: number): Float64Array => column((i) => normal(((i + 0.5) * step) % 1));
  const [a, b] = [draw(Math.SQRT2), draw(Math.sqrt(3))];
  const values = new Map([
    ['(input a)', a],
    ['(input b)', b],
    ['(input n)', column((i) => i % 3)],
    ['(sigma a)', column(() => 0.1)],
    ['(sigma b)', column(() => 0.1)],
    ['(label)', column((i) => Number(3 * a[i]! - 2 * b[i]! > 0 !== (i % 20 === 0)))],
  ]);
  const rows: CardRows = {
    length: EVENTS,
    keyLo: Uint32Array.from({ length: EVENTS }, (_, i) => i),
    keyHi: new Uint32Array(EVENTS),
    values,
  };
  const whole = await objectiveOf(card, run, rows);
  const right = Int32Array.from(whole.right.keys()).filter((row) => whole.right[row] === 1);
  const probed = await objectiveOf(card, run, selectRows(rows, right));
  const plan = { attacks, sizes, seed: 1, caps: { distance: 0.06, correlation: 0.006 }, tries: 1 };
  const result = await runAttacks(probed, plan);
  return {
    ...{ card, rows, whole, right, sizes, size: 1, seed: 1, regimes: 2 },
    regime: Uint16Array.from({ length: EVENTS }, (_, i) => i % 2),
    trials: [{ direction: 1, probed, result }],
  };
}

/** How many of the events that were right an attack of this size can fool. */
export const fooledBy = ({ trials: [trial] }: Study, size: number): number =>
  trial!.probed.score.reduce((sum, s) => sum + Number(Math.abs(s) < size * SHIFT), 0);
