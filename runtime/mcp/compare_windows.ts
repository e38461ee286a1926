import { formatEstimate, formatNumber, formatProbability } from '../../sinks/page/client/shared/format_estimate.js';
import { comparePeriods } from '../history/compare_periods.js';
import type { Comparison, DistributionRow, QuantityRow, Tested } from '../history/comparison.js';
import { pipelineOf, readPeriod, referencePlace } from '../history/period.js';
import { periodOf, provenanceOf, readingHistory } from './read_history.js';
import type { McpSetting } from './setting.js';
import type { Answer, Statement } from './statement.js';

export interface CompareWindows {
  readonly pipeline?: string | undefined;
  /** Default the reference of the history. */
  readonly a?: string | undefined;
  readonly b: string;
  /** Of b, if it is another file. */
  readonly history?: string | undefined;
}

/** p after Holm's method below which a difference is told. */
const TOLD = 0.01;

/** Period b against period a: what differs, most significant first, and how many comparisons do not. */
export async function compareWindows(
  setting: McpSetting,
  asked: CompareWindows,
): Promise<Answer & { comparison: Comparison }> {
  const a = await readingHistory(setting, undefined, async (history) => {
    if (asked.a !== undefined) return periodOf(history, asked.pipeline, asked.a);
    const pipeline = await pipelineOf(history, asked.pipeline);
    return readPeriod(history, pipeline, await referencePlace(history, pipeline));
  });
  const b = await readingHistory(setting, asked.history, (history) => periodOf(history, asked.pipeline, asked.b));
  const comparison = comparePeriods(a, b);
  const told = (row: Pick<Tested, 'holm'>): boolean => (row.holm ?? 1) < TOLD;
  const quantities = comparison.rows.filter(told).sort((p, q) => Math.abs(q.sigma!) - Math.abs(p.sigma!));
  const shapes = comparison.distributions.filter(({ chi2, kolmogorov }) =>
    [chi2, kolmogorov].some((x) => x && told(x)),
  );
  const statements: Statement[] = [
    ...quantities.map(quantityStatement),
    ...shapes.map(shapeStatement),
    {
      text:
        `${quantities.length} of ${comparison.rows.length} quantities and ${shapes.length} of ` +
        `${comparison.distributions.length} distributions differ with p < ${TOLD} after Holm's method over ${comparison.tests} tests.`,
      figures: [
        { name: 'windows in a', value: comparison.a.windows, n: comparison.a.events },
        { name: 'windows in b', value: comparison.b.windows, n: comparison.b.events },
      ],
    },
    ...comparison.notes.map((note) => ({ text: `Note: ${note}.`, figures: [] })),
  ];
  return { statements, provenance: provenanceOf(setting, b), comparison };
}

function quantityStatement({ label, regime, quantity, stage, a, b, difference, sigma, holm }: QuantityRow): Statement {
  const what = `${stage === null ? '' : `${stage} `}${quantity}`;
  const from = formatEstimate(a.value, a.error);
  return {
    text: `${what} in ${label} went from ${from} to ${formatEstimate(b.value, b.error)}: ${formatNumber(sigma!, 1)} sigma, p ${formatProbability(holm)}.`,
    figures: [
      { name: `${what} in a`, value: a.value, error: a.error, n: a.n, regime },
      { name: `${what} in b`, value: b.value, error: b.error, n: b.n, regime },
      { name: 'difference', value: difference.value, error: difference.error, regime },
      { name: 'p (Holm)', value: holm },
    ],
  };
}

function shapeStatement({ label, regime, stage, chi2, kolmogorov, n }: DistributionRow): Statement {
  return {
    text: `The distribution of δ (${stage}) in ${label} has another shape.`,
    figures: [
      ...(chi2
        ? [
            { name: `chi2 of ${chi2.ndof} degrees of freedom`, value: chi2.value, n: n.b, regime },
            { name: 'p of chi2 (Holm)', value: chi2.holm, regime },
          ]
        : []),
      ...(kolmogorov
        ? [
            { name: 'Kolmogorov distance', value: kolmogorov.distance, n: n.b, regime },
            { name: 'p of it (Holm)', value: kolmogorov.holm, regime },
          ]
        : []),
    ],
  };
}
