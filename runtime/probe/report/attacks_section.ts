import { binningOf, slotOf, slotsOf, type Binning } from '../../../operators/probes/binning.js';
import { correlationMatrix, relativeChange } from '../../../operators/probes/correlation.js';
import { detect } from '../../../operators/probes/detector.js';
import { pullsOf } from '../../../operators/probes/envelope.js';
import { jensenShannon } from '../../../operators/probes/jensen_shannon.js';
import { undetected } from '../../../operators/probes/undetected.js';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { atSize, regimeOfRight, type Study } from '../study.js';

/** What each attack used and how far it can be noticed, and the events of each that a detector misses. */
export interface AttacksSection {
  readonly attacks: ProbeReport['attacks'];
  readonly missed: ReadonlyMap<string, ReturnType<typeof undetected>>;
}

/** At the size of the study. The detector learns from all inputs of the model, those that follow from others too. */
export function attacksSection(study: Study): AttacksSection {
  const missed = new Map<string, ReturnType<typeof undetected>>();
  const group = regimeOfRight(study);
  const rows = Int32Array.from(group.keys());
  const attacks = atSize(study, study.size).map(({ name, attack, trial, perturbed }) => {
    const { probed } = trial;
    const nominal = inputsOf(study);
    const changed = probed.objective.features(rows, perturbed.x);
    const { auc, toldApart } = detect(nominal, changed, probed.events.keyLo, probed.events.keyHi, study.seed);
    missed.set(
      name,
      undetected({ before: trial.probed.margin, after: perturbed.margin, toldApart, group }, study.regimes),
    );
    const distances = histograms(study, nominal, changed).map(({ before, after }) => jensenShannon(before, after));
    return {
      name,
      preserving: attack === 'preserving',
      evaluations: perturbed.evaluations,
      largestDistance: Math.max(0, ...distances),
      correlationChange: relativeChange(correlationMatrix(nominal), correlationMatrix(changed)),
      pulls: pullsOf(probed.envelope, probed.events, rows, perturbed.x).map((pull, j) => ({
        feature: probed.envelope.names[j]!,
        rms: Math.sqrt(pull.reduce((sum, u) => sum + u * u, 0) / pull.length),
        largest: pull.reduce((most, u) => Math.max(most, Math.abs(u)), 0),
      })),
      detector: { auc },
    };
  });
  return { attacks, missed };
}

/** The model's inputs of the events that were right. */
export const inputsOf = ({ right, whole }: Study): Float64Array[] =>
  whole.inputs.map((column) => Float64Array.from(right, (row) => column[row]!));

export interface FeatureHistogram {
  readonly binning: Binning;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Counts of each input before and after, in the bins of the nominal values. */
export const histograms = (
  { card }: Study,
  nominal: readonly Float64Array[],
  changed: readonly Float64Array[],
): FeatureHistogram[] =>
  nominal.map((column, j) => {
    const binning = binningOf(column, card.inputs[j]!.step ?? 0);
    const counts = (x: Float64Array): Float64Array => {
      const n = new Float64Array(slotsOf(binning));
      for (const value of x) n[slotOf(binning, value)]!++;
      return n;
    };
    return { binning, before: counts(column), after: counts(changed[j]!) };
  });
