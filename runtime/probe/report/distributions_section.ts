import { edgesOf } from '../../../operators/probes/binning.js';
import { correlationMatrix } from '../../../operators/probes/correlation.js';
import { jensenShannon } from '../../../operators/probes/jensen_shannon.js';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { atSize, type Study } from '../study.js';
import { histograms, inputsOf } from './attacks_section.js';

/** Inputs of the events that were right, before and after the attack that keeps distributions (else the first one). */
export function distributionsSection(study: Study): Pick<ProbeReport, 'distributions' | 'correlations'> {
  const all = atSize(study, study.size);
  const shown = all.find(({ attack }) => attack === 'preserving') ?? all[0];
  if (shown === undefined) return { distributions: [], correlations: null };
  const { trial, perturbed } = shown;
  const nominal = inputsOf(study);
  const rows = Int32Array.from(study.right.keys());
  const changed = trial.probed.objective.features(rows, perturbed.x);
  const names = study.card.inputs.map(({ name }) => name);
  const matrix = (columns: readonly Float64Array[]): number[][] => {
    const flat = correlationMatrix(columns);
    return names.map((_, j) => [...flat.subarray(j * names.length, (j + 1) * names.length)]);
  };
  return {
    distributions: histograms(study, nominal, changed).map(({ binning, before, after }, j) => ({
      feature: names[j]!,
      unit: study.card.inputs[j]!.unit ?? null,
      edges: edgesOf(binning),
      // The last slot, NaN, cannot be: such events are not among those that were right.
      nominal: [...before.subarray(0, -1)],
      perturbed: [...after.subarray(0, -1)],
      distance: jensenShannon(before, after),
    })),
    correlations: { features: names, nominal: matrix(nominal), perturbed: matrix(changed) },
  };
}
