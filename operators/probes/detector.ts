import { hashKey } from '../hash.js';
import { unknown, type Estimate } from '../response/estimate.js';
import { auc } from './auc.js';
import { scoreTrees, trainTrees } from './boosted_trees.js';
import { binEdges, binsOf } from './feature_bins.js';

/** What a classifier trained for it makes of perturbed events. */
export interface Detection {
  /** Area under the curve of perturbed against nominal events; 0.5: it cannot tell. */
  readonly auc: Estimate;
  /** 1: perturbed event i scores above `quantile` of the nominal ones. */
  readonly toldApart: Uint8Array;
  /** 1: so does the nominal event i, a false alarm; at most 1 − quantile of each fold. */
  readonly falseAlarm: Uint8Array;
  readonly quantile: number;
}

const QUANTILE = 0.95;
/** With fewer events in a fold nothing is learned. */
const MIN_EVENTS = 50;

/**
 * Trains boosted trees to tell perturbed[j][i] from nominal[j][i], feature j of the same event i, and scores each event
 * by trees that have not seen it, neither its perturbed nor its nominal form: two folds by the hash of the event's key,
 * trained on one, used on the other (D. Lopez-Paz & M. Oquab, "Revisiting classifier two-sample tests", ICLR 2017).
 *
 * The AUC is the mean of those of the folds, weighted by events, each of pairs (auc.ts). So is its error, as if both
 * were one measurement: what trees learn from one fold by chance, and find in the other, is what the other way round
 * finds too. An event is told apart if it scores above the 95 % quantile of the nominal events of
 * its own fold under the same trees: 5 % false alarms on events that the trees have not seen. Nothing changed: AUC 0.5,
 * exactly. Bit for bit the same whatever the order of the events. NaN is the lowest value of a feature. Fewer than 50
 * events in a fold: the AUC is unknown and nothing is told apart.
 */
export function detect(
  nominal: readonly Float64Array[],
  perturbed: readonly Float64Array[],
  keyLo: Uint32Array,
  keyHi: Uint32Array,
  seed: number,
): Detection {
  const events = keyLo.length;
  const folds: [number[], number[]] = [[], []];
  for (let i = 0; i < events; i++) folds[(hashKey(seed, keyLo[i]!, keyHi[i]!) & 1) as 0 | 1].push(i);
  const toldApart = new Uint8Array(events);
  const falseAlarm = new Uint8Array(events);
  const none = { toldApart, falseAlarm, quantile: QUANTILE };
  if (nominal.length === 0) return { ...none, auc: unknown('no features') };
  if (folds.some((fold) => fold.length < MIN_EVENTS)) {
    return { ...none, auc: unknown(`fewer than ${MIN_EVENTS} events in a fold`) };
  }
  let value = 0;
  let error = 0;
  for (const [train, test] of [folds, [folds[1], folds[0]]] as const) {
    const [low, high] = scores(nominal, perturbed, train, test);
    const threshold = low.slice().sort()[Math.ceil(QUANTILE * test.length) - 1]!;
    test.forEach((event, r) => {
      toldApart[event] = high[r]! > threshold ? 1 : 0;
      falseAlarm[event] = low[r]! > threshold ? 1 : 0;
    });
    const fold = auc(high, low, true);
    const share = test.length / events;
    value += share * fold.value!;
    error += share * fold.error!;
  }
  return { ...none, auc: { value, error } };
}

/** Scores of the test events, nominal and perturbed, by trees trained on both forms of the training events. */
function scores(
  nominal: readonly Float64Array[],
  perturbed: readonly Float64Array[],
  train: readonly number[],
  test: readonly number[],
): [nominal: Float64Array, perturbed: Float64Array] {
  const pick = (x: Float64Array, rows: readonly number[]): Float64Array =>
    Float64Array.from(rows, (event) => x[event]!);
  const seen = nominal.map((x, j) => {
    const both = new Float64Array(2 * train.length);
    both.set(pick(x, train));
    both.set(pick(perturbed[j]!, train), train.length);
    return both;
  });
  const edges = seen.map(binEdges);
  const label = new Uint8Array(2 * train.length).fill(1, train.length);
  const trees = trainTrees(
    seen.map((x, j) => binsOf(x, edges[j]!)),
    label,
  );
  const scored = (x: readonly Float64Array[]): Float64Array =>
    scoreTrees(
      trees,
      x.map((column, j) => binsOf(pick(column, test), edges[j]!)),
      test.length,
    );
  return [scored(nominal), scored(perturbed)];
}
