import { RANK } from '../../operators/checks/verdict.js';
import { exp } from '../../operators/expressions/math/exp.js';
import { wrongSample } from '../../operators/problem.js';
import { holmLog } from '../../operators/statistics/holm.js';
import { sigmaOf } from '../../operators/statistics/normal_tail.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { HistogramData, ReferenceReport, Report } from '../../schemas/report.js';
import type { Reference } from '../read_reference.js';
import { compare, type Compared } from './compare_distribution.js';

type Comparison = ReferenceReport['comparisons'][number];

/** Chance of any significant difference where there is none. */
const LEVEL = 0.01;
/**
 * A report against a reference of the same pipeline: the response (of all events, and by regime where both have the
 * same map), the context variables and the spectrum. χ², Kolmogorov–Smirnov and Wasserstein-1 on the bins that both
 * have (operators/checks/reference.ts); three times the smallest p-value, by Holm's method over all comparisons, says
 * whether a difference is significant; how far Wasserstein-1 is beyond chance says whether it is relevant.
 * Throws a Problem (3) for another pipeline, other weights or other bins.
 */
export function referenceSection(
  { checks }: Pipeline,
  report: Report,
  { path, report: before }: Reference,
): ReferenceReport {
  refuse(report, path, before);
  const sameMap = report.regimes?.version === before.regimes?.version;
  const kinds = ['response', 'context', 'spectrum'] as const;
  const compared = kinds.flatMap((distribution) =>
    pairsOf(report.distributions[distribution], before.distributions[distribution]).flatMap(([now, was]) =>
      now.series.flatMap((one) => {
        const other = was.series.find(({ name, regime }) => name === one.name && regime === one.regime);
        if (other === undefined || (one.regime !== 'all' && !(distribution === 'response' && sameMap))) return [];
        const tolerance = distribution === 'response' ? checks.tolerance.bias : null;
        const counted = report.weight === null;
        return [
          compare({ distribution, path, tolerance, counted, least: checks.least, level: LEVEL }, now, one, was, other),
        ];
      }),
    ),
  );
  const corrected = holmLog(compared.map(({ enough, tests }) => (enough ? tests.logP : null)));
  const comparisons = compared.map((each, i) => judged(each, corrected[i]!));
  const worst = comparisons.reduce<Comparison | null>(
    (a, b) => (a && RANK[a.verdict] >= RANK[b.verdict] ? a : b),
    null,
  );
  const { pipeline, pipelineHash, stateHash } = before;
  return {
    ...{ path, pipeline, pipelineHash, stateHash, level: LEVEL },
    notes: notesOf(report, before, sameMap),
    comparisons,
    verdict: worst?.verdict ?? 'null',
    reason: worst?.reason ?? 'no distribution to compare',
  };
}

function refuse(report: Report, path: string, before: Report): void {
  if (report.pipeline !== before.pipeline) {
    throw wrongSample(
      `reference ${path}: is a report of pipeline ${before.pipeline}, this is ${report.pipeline}; give one of the same`,
    );
  }
  const words = ({ weight }: Report): string =>
    weight === null ? 'counts every event 1' : `is weighted with ${weight}`;
  if (report.weight !== before.weight) {
    throw wrongSample(`reference ${path}: ${words(before)}, this report ${words(report)}; replay with the same weight`);
  }
}

function notesOf(report: Report, before: Report, sameMap: boolean): string[] {
  const known = new Set(before.samples.map(({ sha256 }) => sha256));
  const common = report.samples.filter(({ sha256 }) => known.has(sha256)).length;
  return [
    ...(sameMap ? [] : ['regimes: the maps differ in version, so the response is compared for all events together']),
    ...(report.pipelineHash === before.pipelineHash
      ? []
      : ['pipeline: its entries differ from those of the reference']),
    ...(common === 0
      ? []
      : [`samples: ${common} of them the reference has too; differences are taken for less significant than they are`]),
  ];
}

/** Histograms of the same variable. */
function pairsOf(
  now: HistogramData | readonly HistogramData[] | undefined,
  was: HistogramData | readonly HistogramData[] | undefined,
): [HistogramData, HistogramData][] {
  const list = (x: typeof now): readonly HistogramData[] => (x === undefined ? [] : 'axis' in x ? [x] : x);
  return list(now).flatMap((one) => {
    const other = list(was).find(({ axis }) => axis.variable === one.axis.variable);
    return other ? [[one, other]] : [];
  });
}

function judged({ enough, tests, ...compared }: Compared, logP: number | null): Comparison {
  const { chi2, kolmogorov, wasserstein } = tests;
  const { relevant, tolerance, n, referenceN } = compared;
  const pValue = logP === null ? null : exp(logP);
  const sigma = logP === null ? null : sigmaOf(logP);
  const significant = pValue !== null && pValue < LEVEL;
  const verdict = logP === null ? 'null' : significant ? (relevant ? 'bad' : 'medium') : 'good';
  const { distribution, variable, regime } = compared;
  const subject = `${distribution} ${variable}${regime === 'all' ? '' : ` in regime ${regime}`}`;
  const moved = `moved by ${(wasserstein?.moved ?? 0).toPrecision(2)}`;
  const size = `${relevant ? 'beyond' : 'within'} the tolerance ${tolerance.toPrecision(2)}`;
  const reason = !enough
    ? `${subject}: ${Math.min(n, referenceN)} events are too few`
    : logP === null
      ? `${subject}: the sums are too few or negative`
      : significant
        ? `${subject}: ${moved}, ${size}, at ${sigma!.toFixed(1)} sigma`
        : `${subject}: no significant difference${relevant ? `, though ${moved}, ${size}` : ''}`;
  return { ...compared, chi2, kolmogorov, wasserstein, pValue, sigma, significant, verdict, reason };
}
