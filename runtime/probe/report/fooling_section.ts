import { fooling, foolingRows } from '../../../operators/probes/fooling.js';
import { neededSizes, smallestSizes } from '../../../operators/probes/needed_size.js';
import { outputShift } from '../../../operators/probes/output_shift.js';
import type { undetected } from '../../../operators/probes/undetected.js';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { atSize, attackName, regimeOfRight, type Study } from '../study.js';

const FRACTIONS = [0.01, 0.05, 0.5];

/** Shares that each attack and the control fool, by size and regime; `hidden` has those that a detector misses. */
export function foolingSection(
  study: Study,
  missed: ReadonlyMap<string, ReturnType<typeof undetected>>,
): ProbeReport['fooling'] {
  const group = regimeOfRight(study);
  return study.sizes.flatMap((size) =>
    atSize(study, size).flatMap(({ name, trial, perturbed, control }) => {
      const state = fooling.create({ groups: study.regimes });
      const before = trial.probed.margin;
      fooling.fill(state, {
        length: group.length,
        columns: [before, perturbed.margin, control.margin, new Float64Array(group.length)],
        group,
        weight: null,
      });
      return foolingRows(state).map(({ regime, fooled, random, difference }) => ({
        ...{ attack: name, size, regime, fooled, random, difference },
        undetected:
          (size === study.size ? missed.get(name)?.find((row) => row.regime === regime)?.undetected : null) ?? null,
      }));
    }),
  );
}

/** Sizes that fool 1, 5 and 50 % of the events that were right. */
export function neededSection(study: Study): ProbeReport['neededSize'] {
  const regime = Int32Array.from(regimeOfRight(study));
  const { sizes } = study;
  return study.trials.flatMap((trial) => {
    const names = [...new Set(trial.result.bouts.map(({ attack }) => attack))];
    const margins = names.map((attack) => ({
      attack: attackName(study, attack, trial),
      at: (size: number) => trial.result.bouts.find((bout) => bout.attack === attack && bout.size === size)!.perturbed,
    }));
    const control = {
      attack: attackName(study, 'random', trial),
      at: (size: number) => trial.result.control.get(size)!,
    };
    return [...margins, control].flatMap(({ attack, at }) => {
      const fooledAt = sizes.map((size) => Uint8Array.from(at(size).margin, (m) => Number(m < 0)));
      const smallest = smallestSizes(sizes, fooledAt);
      return neededSizes(smallest, regime, study.regimes, FRACTIONS, sizes).map((row) => ({ attack, ...row }));
    });
  });
}

/**
 * How far outputs move: of a regressor f(x′) − f(x) in resolutions, of a classifier in logits, counted toward what is
 * right.
 */
export function shiftSection(study: Study): ProbeReport['outputShift'] {
  const { task } = study.card;
  const group = regimeOfRight(study);
  return study.sizes.flatMap((size) =>
    atSize(study, size).flatMap(({ name, trial, perturbed }) => {
      const before = trial.probed.margin;
      const unit = task.kind === 'regress' ? -trial.direction * task.tolerance : 1;
      const shift = perturbed.margin.map((m, i) => unit * (m - before[i]!));
      return outputShift(shift, group, study.regimes).map(({ regime, mean, sigma68 }) => ({
        ...{ attack: name, size, regime, mean, sigma68 },
      }));
    }),
  );
}
