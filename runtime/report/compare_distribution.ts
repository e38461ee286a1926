import { reference as referenceCheck, type ReferenceState } from '../../operators/checks/reference.js';
import { exp } from '../../operators/expressions/math/exp.js';
import { wrongSample } from '../../operators/problem.js';
import { effectiveEvents } from '../../operators/statistics/bin_sums.js';
import type { HistogramData, ReferenceReport } from '../../schemas/report.js';
import { binSumsOf, centralWidth, sharedEdges } from './shared_bins.js';

type Comparison = ReferenceReport['comparisons'][number];
type Series = HistogramData['series'][number];

/** Of the central 68 % of the context or the spectrum: a smaller move is a trifle. */
const TRIFLE = 0.01;
/** With fewer bins in common (of those that there are) the binnings have nothing to do with each other. */
const FEWEST_BINS = 4;

/** The three tests, and ln of three times their smallest p-value; null where there is none. */
interface Tests extends Pick<Comparison, 'chi2' | 'kolmogorov' | 'wasserstein'> {
  readonly logP: number | null;
}

/** What is compared, before the tests are corrected for their number. */
export interface Compared extends Pick<
  Comparison,
  'distribution' | 'variable' | 'regime' | 'n' | 'referenceN' | 'bins' | 'tolerance' | 'relevant'
> {
  readonly tests: Tests;
  readonly enough: boolean;
}

interface About extends Pick<Comparison, 'distribution'> {
  /** Of the reference. */
  readonly path: string;
  /** null: a share of the central width of the reference. */
  readonly tolerance: number | null;
  readonly counted: boolean;
  /** Fewest effective events of either. */
  readonly least: number;
  readonly level: number;
}

/** One series against the same of the reference, on the bins that both have; flow bins count. */
export function compare(
  about: About,
  { axis }: HistogramData,
  now: Series,
  was: HistogramData,
  before: Series,
): Compared {
  const { distribution, path, counted, least, level } = about;
  const edges = sharedEdges(axis.edges, was.axis.edges);
  if (edges.length - 1 < Math.min(FEWEST_BINS, axis.edges.length - 1, was.axis.edges.length - 1)) {
    throw wrongSample(`reference ${path}: bins ${now.name} differently; replay its sample with this pipeline`);
  }
  const [a, b] = [binSumsOf(now, axis.edges, edges, counted), binSumsOf(before, was.axis.edges, edges, counted)];
  const check = referenceCheck.create({ edges, reference: b, runLength: 1 / level });
  const state = referenceCheck.step(check, { window: 0, ...a });
  const tolerance = about.tolerance ?? TRIFLE * centralWidth(b, edges);
  const tests = testsOf(state);
  return {
    ...{ distribution, variable: now.name, regime: now.regime, n: now.n, referenceN: before.n, bins: edges.length - 1 },
    tests,
    tolerance,
    relevant: tests.wasserstein !== null && tests.wasserstein.moved > tolerance,
    enough: effectiveEvents(a) >= least && effectiveEvents(b) >= least,
  };
}

function testsOf(state: ReferenceState): Tests {
  const { chiSquare, kolmogorov, wasserstein } = state;
  const p = (logP: number): number | null => (Number.isNaN(logP) ? null : Math.min(1, exp(logP)));
  const beyond = (d: number, expected: number): number => Math.sqrt(Math.max(0, d * d - expected * expected));
  return {
    logP: referenceCheck.finding(state).logP,
    chi2: chiSquare && { value: chiSquare.chi2, ndof: chiSquare.dof, pValue: p(chiSquare.logP) },
    kolmogorov: kolmogorov && { distance: kolmogorov.distance, pValue: p(kolmogorov.logP) },
    wasserstein: wasserstein && {
      distance: wasserstein.distance,
      expected: wasserstein.expected,
      spread: wasserstein.spread,
      moved: beyond(wasserstein.distance, wasserstein.expected),
      pValue: p(wasserstein.logP),
    },
  };
}
