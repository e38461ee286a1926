import { exp } from '../expressions/math/exp.js';
import { holmLog } from '../statistics/holm.js';
import { sigmaOf } from '../statistics/normal_tail.js';
import type { LocalityBin, LocalityFamily } from './locality_test.js';

export interface LocalityConfig {
  /** Chance of a violation where there is none. */
  readonly level: number;
  /** Excess of bias in δ, and distance of a pull width from 1, up to which a finding is a trifle. */
  readonly tolerance: number;
  readonly widthTolerance: number;
}

/** A bin of a family (a context variable, or the regimes) that stands out. */
export interface Finding {
  readonly family: string;
  /** The bin in words. */
  readonly where: string;
  readonly bin: LocalityBin;
}

export interface LocalityVerdict {
  readonly violated: boolean;
  /** Deviation of the pull means: the least p-value of the families, Holm-corrected, and as a number of sigma. */
  readonly pValue: number | null;
  readonly sigma: number | null;
  readonly significant: boolean;
  readonly relevant: boolean;
  /** The largest excess among the bins that are significant on their own. */
  readonly effect: Finding | null;
  /** The pull width farthest from 1 among the bins that are significant on their own. */
  readonly width: Finding | null;
  /** p-values of each bin's mean and width, Holm-corrected over all bins of all families; by family. */
  readonly adjusted: readonly {
    readonly mean: readonly (number | null)[];
    readonly width: readonly (number | null)[];
  }[];
  readonly reason: string;
}

/**
 * One verdict: the response is not local if the pull means deviate significantly (χ² of a family, Holm-corrected) and
 * by more than the tolerance in δ in a bin, or if a pull width does in a bin. A small but significant deviation, as a
 * huge sample shows of any model, is told and is no violation.
 * S. Holm, Scand. J. Statist. 6 (1979) 65.
 */
export function localityVerdict(families: readonly LocalityFamily[], config: LocalityConfig): LocalityVerdict {
  const { level, tolerance, widthTolerance } = config;
  const corrected = holmLog(families.map(({ logP }) => logP));
  const known = corrected.filter((logP) => logP !== null);
  const least = known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b));
  const pValue = least === null ? null : exp(least);
  const means = byFamily(families, ({ logP }) => logP);
  const widths = byFamily(families, ({ logPWidth }) => logPWidth);
  const effect = largest(families, means, level, ({ excess }) => Math.abs(excess.value!));
  const width = largest(families, widths, level, ({ pullWidth }) => Math.abs(pullWidth.value! - 1));
  const significant = pValue !== null && pValue < level;
  const relevant = effect !== null && Math.abs(effect.bin.excess.value!) > tolerance;
  const wide = width !== null && Math.abs(width.bin.pullWidth.value! - 1) > widthTolerance;
  return {
    violated: (significant && relevant) || wide,
    pValue,
    sigma: least === null ? null : sigmaOf(least),
    significant,
    relevant,
    effect,
    width,
    adjusted: families.map((_, f) => ({ mean: means[f]!, width: widths[f]! })),
    reason: reasonOf(),
  };

  function reasonOf(): string {
    if (least === null) return 'no bin has enough events for a test';
    const size = `${sigmaOf(least).toFixed(1)} sigma`;
    const words: string[] = [];
    if (!significant) words.push(`pull means agree with a local response (${size}, level ${level})`);
    else if (relevant) {
      words.push(
        `pull means deviate by ${size}; the context adds ${signed(effect.bin)} to the bias in ${effect.where}, tolerance ${tolerance}`,
      );
    } else {
      const most = effect === null ? 'no single bin stands out' : `at most ${signed(effect.bin)} in ${effect.where}`;
      words.push(`pull means deviate by ${size}, but ${most}, tolerance ${tolerance}`);
    }
    if (wide) {
      const { value, error } = width.bin.pullWidth;
      words.push(`the pull width in ${width.where} is ${value!.toFixed(3)} ± ${error!.toFixed(3)}`);
    }
    return words.join('; ');
  }
}

const signed = ({ excess }: LocalityBin): string =>
  `${excess.value! < 0 ? '−' : '+'}${Math.abs(excess.value!).toFixed(4)} ± ${excess.error!.toFixed(4)}`;

/** Holm-corrected p-values over all bins of all families. */
function byFamily(families: readonly LocalityFamily[], of: (bin: LocalityBin) => number | null): (number | null)[][] {
  const all = holmLog(families.flatMap(({ bins }) => bins.map(of)));
  let at = 0;
  return families.map(({ bins }) =>
    bins.map(() => {
      const logP = all[at++] ?? null;
      return logP === null ? null : exp(logP);
    }),
  );
}

function largest(
  families: readonly LocalityFamily[],
  adjusted: readonly (readonly (number | null)[])[],
  level: number,
  size: (bin: LocalityBin) => number,
): Finding | null {
  const found = families.flatMap(({ name, labels, bins }, f) =>
    bins
      .filter((_, b) => (adjusted[f]![b] ?? 1) < level)
      .map((bin): Finding => ({ family: name, where: labels?.[bin.bin] ?? `a bin of ${name}`, bin })),
  );
  return found.reduce<Finding | null>(
    (best, each) => (best === null || size(each.bin) > size(best.bin) ? each : best),
    null,
  );
}
