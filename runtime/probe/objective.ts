import { correlationFactor } from './correlation_factor.js';
import type { Envelope, Objective, ProbedEvents } from '../../operators/probes/types.js';
import type { ModelCard } from '../../schemas/model_card.js';
import { inputName, LABEL, RESOLUTION, sigmaName } from './card_formulas.js';
import { featuresOf } from './features.js';
import { scoreOf } from './margin.js';

/** Events with what a card needs of each (card_formulas.ts), by name. */
export interface CardRows {
  readonly length: number;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly values: ReadonlyMap<string, Float64Array>;
}

/** Outputs of the model for rows of raw inputs, in the order of the card. */
export type RunModel = (columns: readonly Float64Array[], length: number) => Promise<Float64Array[]>;

export interface Probed {
  readonly envelope: Envelope;
  readonly events: ProbedEvents;
  readonly objective: Objective;
  /** The model's inputs as they are, in the order of the card. */
  readonly inputs: readonly Float64Array[];
  /** Of a classifier the logit above the working point, of a regressor the output itself; NaN: the model gives none. */
  readonly score: Float64Array;
  /** Margin (Objective.margin) of the events as they are. */
  readonly margin: Float64Array;
  /** 1: decided right (a regressor: answered at all), so that it can be fooled. */
  readonly right: Uint8Array;
  /** Of a classifier: 1 signal, 0 background. */
  readonly signal: Uint8Array | null;
  /** Of a regressor: one standard deviation of its error. */
  readonly resolution: Float64Array | null;
  /** The same score of changed events. */
  readonly scoreAt: (rows: Int32Array, x: readonly Float64Array[]) => Promise<Float64Array>;
}

/**
 * What attacks need of a model and its events. `direction`: the way in which a regressor is pushed, +1 or -1. Without a
 * label a classifier's own decision is the label, so that all events are right. `known`: the events' score, where it has
 * been asked before.
 */
export async function objectiveOf(
  card: ModelCard,
  run: RunModel,
  { length, keyLo, keyHi, values }: CardRows,
  direction: 1 | -1 = 1,
  known?: Float64Array,
): Promise<Probed> {
  const { inputs: described, task } = card;
  const free = described.filter(({ uncertainty }) => uncertainty !== undefined);
  const inputs = described.map(({ name }) => values.get(inputName(name))!);
  const features = featuresOf(
    card,
    free.map(({ name }) => name),
    inputs,
  );
  const scores = async (columns: readonly Float64Array[], n: number): Promise<Float64Array> => {
    const outputs = await run(columns, n);
    if (task.kind === 'classify') return scoreOf(task, card, outputs);
    return outputs[card.outputs.findIndex(({ name }) => name === task.output)]!;
  };
  const scoreAt: Probed['scoreAt'] = (rows, x) => scores(features(rows, x), rows.length);
  const score = known ?? (await scores(inputs, length));

  const label = values.get(LABEL);
  const signal =
    task.kind === 'classify' ? Uint8Array.from(score, (s, i) => Number(label ? label[i]! > 0.5 : s > 0)) : null;
  const resolution = values.get(RESOLUTION) ?? null;
  const marginOf = (s: number, i: number): number => {
    if (signal) return signal[i] === 1 ? s : -s;
    if (task.kind !== 'regress') return NaN;
    return 1 - (direction * (s - score[i]!)) / (resolution![i]! * task.tolerance);
  };
  const margin = score.map(marginOf);
  return {
    envelope: {
      names: free.map(({ name }) => name),
      low: Float64Array.from(free, ({ range }) => range?.[0] ?? -Infinity),
      high: Float64Array.from(free, ({ range }) => range?.[1] ?? Infinity),
      step: Float64Array.from(free, ({ step }) => step ?? 0),
      groups: card.correlated.map(({ inputs: members, correlation }) => ({
        members: members.map((name) => free.findIndex((input) => input.name === name)),
        cholesky: correlationFactor(correlation),
      })),
    },
    events: {
      ...{ length, keyLo, keyHi },
      x: free.map(({ name }) => values.get(inputName(name))!),
      sigma: free.map(({ name }) => values.get(sigmaName(name))!.map((s) => (s > 0 ? s : 0))),
    },
    objective: {
      features,
      margin: async (rows, x) => {
        const found = await scoreAt(rows, x);
        const out = new Float64Array(rows.length);
        for (let r = 0; r < rows.length; r++) out[r] = marginOf(found[r]!, rows[r]!);
        return out;
      },
      nominal: margin,
    },
    ...{ inputs, score, margin, signal, resolution, scoreAt },
    right: Uint8Array.from(margin, (m, i) => Number(m > 0 || (signal?.[i] === 0 && score[i] === 0))),
  };
}

/** The same for some of the events. */
export function selectRows({ keyLo, keyHi, values }: CardRows, rows: Int32Array): CardRows {
  return {
    length: rows.length,
    keyLo: Uint32Array.from(rows, (row) => keyLo[row]!),
    keyHi: Uint32Array.from(rows, (row) => keyHi[row]!),
    values: new Map([...values].map(([name, x]) => [name, Float64Array.from(rows, (row) => x[row]!)])),
  };
}
