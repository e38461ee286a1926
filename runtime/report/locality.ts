import type { Matrix } from 'ml-matrix';
import { modelCovariance } from '../../operators/locality/cross_fit.js';
import { localityFamily, type LocalityBin, type LocalityFamily } from '../../operators/locality/locality_test.js';
import { localityVerdict, type LocalityVerdict } from '../../operators/locality/locality_verdict.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { HatSumsState } from '../../operators/summaries/hat_sums.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { LocalityReport, Report } from '../../schemas/report.js';
import { reportEdges } from '../observations.js';
import { exp } from '../../operators/expressions/math/exp.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { LocalFindings } from '../local_analysis.js';
import { families, REGIMES_FAMILY, type Family, type Model } from '../local_entries.js';
import { stateOf } from './pages.js';

/** The locality test of each model there is, the one that gives the verdict first. */
export function localitySection(
  pipeline: Pipeline,
  map: RegimeMap,
  found: LocalFindings,
  byContext: NonNullable<Report['byContext']>,
): NonNullable<Report['locality']> | undefined {
  const { verdict } = pipeline.local_model;
  const [first, ...others] = [...found.models]
    .sort((a, b) => Number(b === verdict) - Number(a === verdict))
    .map((model) => testOf(pipeline, map, found, model, byContext));
  return first && { ...first, alternatives: others };
}

function testOf(
  pipeline: Pipeline,
  map: RegimeMap,
  found: LocalFindings,
  model: Model,
  byContext: NonNullable<Report['byContext']>,
): LocalityReport {
  const { level, tolerance, width_tolerance: widthTolerance } = pipeline.locality;
  const tested = families(pipeline, map.centroids.length).map((family) =>
    familyOf(family, model, found, binLabels(pipeline, map, family.name)),
  );
  const result = localityVerdict(tested, { level, tolerance, widthTolerance });
  const rows = tested.map(({ name, bins }, f) =>
    bins.map((bin) => ({ ...pulls(bin, found, model, name), ...adjusted(result, f, bin.bin) })),
  );
  const regimes = tested.findIndex(({ name }) => name === REGIMES_FAMILY);
  return {
    model,
    n: found.events,
    violated: result.violated,
    sigma: result.sigma,
    pValue: result.pValue,
    significant: result.significant,
    relevant: result.relevant,
    level,
    tolerance,
    widthTolerance,
    reason: result.reason,
    regimes: rows[regimes]!.map((row, regime) => ({ regime, ...row })),
    byContext: Object.entries(pipeline.context).flatMap(([variable, config], f) => {
      const edges = reportEdges(config);
      return rows[f]!.map((row, at) => ({
        variable,
        low: edges[at - 1] ?? null,
        high: edges[at] ?? null,
        ...row,
      })).filter(({ low, high, n }) => n > 0 || (low !== null && high !== null));
    }),
    tests: tested.map(({ name, chi2, ndof, logP, sigma, width, retained }) => ({
      name,
      chi2,
      ndof,
      pValue: logP === null ? null : exp(logP),
      sigma,
      chi2Width: width.chi2,
      ndofWidth: width.ndof,
      pValueWidth: width.logP === null ? null : exp(width.logP),
      retained,
    })),
    explained: Object.entries(pipeline.context).flatMap(([variable, config], f) =>
      explainedWidth(
        variable,
        config.title ?? variable,
        [null, ...reportEdges(config)],
        rows[f]!,
        (low) => byContext.find((row) => row.variable === variable && row.low === low)?.sigma68.value ?? null,
      ),
    ),
    weak: tested.flatMap((family) => weakness(family, tolerance)),
  };
}

const adjusted = (result: LocalityVerdict, family: number, bin: number) => ({
  pValue: result.adjusted[family]!.mean[bin] ?? null,
  pValueWidth: result.adjusted[family]!.width[bin] ?? null,
});

/** Mean square Σx² / n of a group; null without events. */
function rms(moments: MomentsState, group: number): number | null {
  const n = moments.n[group]!;
  return n === 0 ? null : Math.sqrt(sumAt(moments.sums, 3 * group + 1) / n);
}

function pulls(
  { bin, n, pullMean, pullWidth, excess, shared }: LocalityBin,
  { final }: LocalFindings,
  model: Model,
  name: string,
) {
  const expected = model === 'learned' ? stateOf<MomentsState>(final, `expected:${name}`) : null;
  return {
    n,
    pullMean,
    pullWidth,
    excess,
    shared,
    expectedWidth: expected === null || n === 0 ? null : Math.sqrt(sumAt(expected.sums, 3 * bin) / n),
    width: rms(stateOf<MomentsState>(final, `residual:${model}:${name}`), bin),
  };
}

/** Bins with fewer events do not show how a width grows. */
const EXPLAIN_EVENTS = 500;

/** Width of the highest over that of the lowest bin, as it is and as the local model expects it. */
function explainedWidth(
  variable: string,
  title: string,
  lows: readonly (number | null)[],
  rows: readonly ReturnType<typeof pulls>[],
  sigma68: (low: number | null) => number | null,
): LocalityReport['explained'] {
  const known = [...rows.keys()].filter((at) => rows[at]!.n >= EXPLAIN_EVENTS && rows[at]!.expectedWidth !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const [a, b] = [rows[first]!, rows[last]!];
  const [from, to] = [lows[first] ?? null, lows[last] ?? null];
  const expected = b.expectedWidth! / a.expectedWidth!;
  const value = b.width! / a.width!;
  const relative = ({ pullWidth }: typeof a): number => pullWidth.error! / pullWidth.value!;
  const error = value * Math.sqrt(relative(a) ** 2 + relative(b) ** 2);
  const [low, high] = [sigma68(from), sigma68(to)];
  const core = low !== null && high !== null ? `sigma68 changes by a factor of ${(high / low).toFixed(2)}, ` : '';
  const reason = `from the lowest to the highest ${title} ${core}the width of the winsorised δ by ${value.toFixed(2)} ± ${error.toFixed(2)}; the local response alone makes that ${expected.toFixed(2)}`;
  return [{ variable, from, to, ratio: { value, error }, expected, reason }];
}

/** The bins of a family as a sentence names them. */
function binLabels(pipeline: Pipeline, map: RegimeMap, family: string): string[] {
  const config = pipeline.context[family];
  if (config === undefined) return map.labels.map((label, regime) => `regime ${regime} (${label})`);
  const { title = family, unit } = config;
  const edges = reportEdges(config);
  const words = (text: string): string => `${title} ${text}${unit === undefined ? '' : ` ${unit}`}`;
  return Array.from({ length: edges.length + 1 }, (_, bin) => {
    if (bin === 0) return words(`below ${edges[0]!}`);
    return bin === edges.length ? words(`from ${edges.at(-1)!}`) : words(`${edges[bin - 1]!}–${edges[bin]!}`);
  });
}

/** Below this share of a trend that is left the context says little that the local parameters do not. */
const LITTLE = 0.25;
/** Errors that an excess must be off 0 to be seen, about, after the correction for many bins. */
const SEEN = 3;

/** Where a test of a family is weak, in words. */
function weakness({ name, bins, retained }: LocalityFamily, tolerance: number): string[] {
  const words: string[] = [];
  if (retained !== null && retained < LITTLE) {
    words.push(
      `${name}: of a bias that grows evenly with it ${(100 * retained).toFixed(1)} % is left to see; the rest is also a function of the objects' own features, which the learned model takes up`,
    );
  }
  const blind = bins.filter(({ n, excess }) => n > 0 && !(SEEN * (excess.error ?? Infinity) <= tolerance));
  if (blind.length > 0) {
    const worst = blind.map(({ excess }) => excess.error ?? Infinity).reduce((a, b) => Math.max(a, b));
    const size = Number.isFinite(worst)
      ? `in the worst a bias below ${(SEEN * worst).toFixed(4)} is not seen`
      : 'some have too few';
    words.push(
      `${name}: ${blind.length} of ${bins.filter(({ n }) => n > 0).length} bins have too few events to see the tolerance of ${tolerance}; ${size}`,
    );
  }
  return words;
}

function familyOf(
  { name, bins }: Family,
  model: Model,
  { learned, final }: LocalFindings,
  labels: readonly string[],
): LocalityFamily {
  const page = (what: string): MomentsState => stateOf(final, `${what}:${model}:${name}`);
  const covariance: Matrix | null =
    model === 'learned' && learned
      ? modelCovariance(learned.fit, stateOf<HatSumsState>(learned.crossed, `crossed:${name}`), bins)
      : null;
  return localityFamily({
    name,
    pull: page('pull'),
    squared: page('squared'),
    residual: page('residual'),
    covariance,
    ordered: name !== REGIMES_FAMILY,
    labels,
  });
}
