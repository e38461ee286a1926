import { exp } from '../../operators/expressions/math/exp.js';
import { holmLog } from '../../operators/statistics/holm.js';
import { logTwoSided } from '../../operators/statistics/normal_tail.js';
import { compareDistribution, countsOf } from './compare_distribution.js';
import type { Comparison, PeriodContent, Stage } from './comparison.js';
import { notesOf } from './comparison_notes.js';
import { quantityRows, type Period, type RegimeOf } from './quantity_rows.js';
import type { StoredWindow } from '../../schemas/page.js';

const STAGES: readonly Stage[] = ['raw', 'corrected'];

/**
 * Two periods of closed windows, that share no event: by regime the share, the mean of the core, σ68, pull and peak with
 * b − a ± error, and the distributions of δ by χ² and Kolmogorov–Smirnov with the ratio of their shares by bin. A
 * quantity of a period is the mean of its windows by events (see `periodMean`). Holm's method runs over all tests.
 */
export function comparePeriods(a: Period, b: Period): Comparison {
  const regimes = regimesOf(a, b);
  const stages = [a, b].some(isCorrected) ? STAGES : STAGES.slice(0, 1);
  const counts = { a: countsOf(a.windows), b: countsOf(b.windows) };
  const quantities = regimes.flatMap((regime) => quantityRows(regime, a, b, stages));
  const distributions = regimes.flatMap(({ regime, label }) =>
    stages.flatMap((stage) => compareDistribution({ regime, label, stage }, counts.a, counts.b)),
  );
  const logs = [
    ...quantities.map(({ sigma }) => (sigma === null ? null : logTwoSided(sigma))),
    ...distributions.flatMap(({ chi2, kolmogorov }) => [chi2?.logP ?? null, kolmogorov?.logP ?? null]),
  ];
  const adjusted = holmLog(logs);
  const tested = (i: number) => ({ pValue: probability(logs[i]!), holm: probability(adjusted[i]!) });
  const rows = quantities.map((row, i) => ({ ...row, ...tested(i) }));
  const compared = distributions.map(({ chi2, kolmogorov, ...row }, i) => {
    const at = quantities.length + 2 * i;
    return {
      ...row,
      chi2: chi2 && { value: chi2.chi2, ndof: chi2.dof, ...tested(at) },
      kolmogorov: kolmogorov && { distance: kolmogorov.distance, ...tested(at + 1) },
    };
  });
  const [contentA, contentB] = [contentOf(a), contentOf(b)];
  return {
    pipeline: a.windows[0]?.report.pipeline ?? '',
    ...{ a: contentA, b: contentB, rows, distributions: compared },
    tests: logs.filter((logP) => logP !== null).length,
    notes: notesOf(contentA, contentB, rows),
  };
}

/** Without a correction in effect the corrected response is the raw one. */
const isCorrected = ({ windows }: Period): boolean => windows.some(({ report }) => report.correction !== null);

const probability = (logP: number | null): number | null => (logP === null ? null : Math.min(1, exp(logP)));

/** Those of either, by number; the label is that of the newest window. */
function regimesOf(a: Period, b: Period): RegimeOf[] {
  const labels = new Map<number, string>();
  for (const { report } of [...a.windows, ...b.windows])
    for (const { regime, label } of report.regimes) labels.set(regime, label);
  return [...labels].sort(([p], [q]) => p - q).map(([regime, label]) => ({ regime, label }));
}

function contentOf({ place, windows }: Period): PeriodContent {
  const distinct = <T>(of: (report: StoredWindow['report']) => T): T[] => [
    ...new Set(windows.map(({ report }) => of(report))),
  ];
  return {
    ...place,
    windows: windows.length,
    events: windows.reduce((sum, { report }) => sum + report.events, 0),
    began: windows[0]?.at ?? NaN,
    ended: windows.at(-1)?.at ?? NaN,
    pipelineHash: windows.at(-1)?.report.pipelineHash ?? '',
    models: distinct(({ models }) => models),
    corrections: distinct(({ correction }) => correction),
  };
}
