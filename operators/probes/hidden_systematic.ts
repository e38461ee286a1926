import { unknown, type Estimate } from '../response/estimate.js';
import { count } from '../summaries/count.js';
import { regroupTally } from '../summaries/regroup.js';
import type { Tally } from '../summaries/tally.js';
import { pairedDifference } from './mcnemar.js';
import { share } from './share.js';

/** A quantity that an analysis would measure with the model, and how far an attack and the control move it. */
export interface HiddenRow {
  readonly regime: number | 'all';
  readonly quantity: 'efficiency' | 'mistag' | 'bias' | 'median' | 'peak';
  readonly unit: string | null;
  readonly nominal: Estimate;
  /** Perturbed − nominal, of the same events. */
  readonly shift: Estimate;
  readonly random: Estimate;
}

/** Scores of the same events; an event is taken for signal if its score is above the working point. */
export interface Decisions {
  /** 1 signal, 0 background; others are left out. */
  readonly label: Float64Array;
  readonly before: Float64Array;
  readonly attacked: Float64Array;
  readonly control: Float64Array;
  readonly workingPoint: number;
}

/** Of each regime: 8 · signal + 4 · passes before + 2 · after the attack + after the control, and those left out. */
const LEFT_OUT = 16;
const SLOTS = 17;

/**
 * Counts that the hidden systematic of a classifier follows from: by regime and by the four bits of an event. Mergeable
 * (summaries/count.ts). Left out: no label of 0 or 1, or NaN among the scores.
 */
export function countDecisions(
  { label, before, attacked, control, workingPoint }: Decisions,
  group: Uint16Array,
  groups: number,
): Tally {
  const slots = new Uint16Array(label.length);
  for (let i = 0; i < label.length; i++) {
    const [was, after, random] = [before[i]!, attacked[i]!, control[i]!];
    const unclear = was !== was || after !== after || random !== random || (label[i] !== 0 && label[i] !== 1);
    const passes = (was > workingPoint ? 4 : 0) + (after > workingPoint ? 2 : 0) + (random > workingPoint ? 1 : 0);
    slots[i] = group[i]! * SLOTS + (unclear ? LEFT_OUT : 8 * label[i]! + passes);
  }
  const state = count.create({ groups: groups * SLOTS, weighted: false });
  count.fill(state, { length: label.length, columns: [], group: slots, weight: null });
  return state;
}

/**
 * Efficiency (share of signal above the working point) and mistag (of background) by regime, 'all' first: the nominal
 * share with half of its Wilson interval for an error, and the shift by attack and control of the same events with the
 * error of a paired difference (mcnemar.ts). `leftOut` of all regimes. A regime without events of a class: unknown.
 */
export function hiddenDecisions(counts: Tally): { readonly rows: HiddenRow[]; readonly leftOut: number } {
  const groups = counts.n.length / SLOTS;
  const all = regroupTally(counts, SLOTS, Array<number>(groups).fill(0), 1);
  const regimes = Array.from({ length: groups }, (_, g) => rowsOf(g, counts.n.subarray(g * SLOTS, (g + 1) * SLOTS)));
  return { rows: [...rowsOf('all', all.n), ...regimes.flat()], leftOut: all.n[LEFT_OUT]! };
}

function rowsOf(regime: number | 'all', n: Float64Array): HiddenRow[] {
  return (['efficiency', 'mistag'] as const).map((quantity) => {
    const of = n.subarray(quantity === 'efficiency' ? 8 : 0);
    const sum = (chosen: (bits: number) => boolean): number =>
      [...of.subarray(0, 8)].reduce((total, events, bits) => total + (chosen(bits) ? events : 0), 0);
    const events = sum(() => true);
    const shift = (bit: number): Estimate =>
      pairedDifference(
        sum((bits) => (bits & 4) === 0 && (bits & bit) !== 0),
        sum((bits) => (bits & 4) !== 0 && (bits & bit) === 0),
        events,
      );
    return {
      regime,
      quantity,
      unit: null,
      nominal: nominal(
        sum((b) => b >= 4),
        events,
      ),
      shift: shift(2),
      random: shift(1),
    };
  });
}

function nominal(k: number, n: number): Estimate {
  const { value, low, high } = share(k, n);
  return value === null ? unknown('no events') : { value, error: (high - low) / 2 };
}
