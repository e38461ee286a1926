import type { HistogramData, Report } from '../../schemas/report.js';
import { axisMetadata, uhiHistogram, type UhiAxis, type UhiHistogram } from './uhi.js';

type Series = HistogramData['series'][number];

/**
 * The histograms of a report by name: context/H_T, spectrum/reco, response/delta over all events, and the same with
 * /by_regime, whose first axis is the number of the regime. Bins are those that the report shows; the summaries have
 * finer ones and the planes (uhi_summaries.ts). Flow bins are kept.
 */
export function uhiOfReport(report: Report): Record<string, UhiHistogram> {
  const { spectrum, context, response } = report.distributions;
  const out: Record<string, UhiHistogram> = {};
  const add = (kind: string, histogram: HistogramData): void => {
    for (const name of new Set(histogram.series.map((series) => series.name))) {
      const key = `${kind}/${name}`;
      const named = histogram.series.filter((series) => series.name === name);
      const all = named.find(({ regime }) => regime === 'all');
      const regimes = named.filter(({ regime }) => regime !== 'all');
      if (all) out[key] = uhiOfSeries(report, histogram.axis, [all], false);
      if (regimes.length > 0) out[`${key}/by_regime`] = uhiOfSeries(report, histogram.axis, regimes, true);
    }
  };
  for (const histogram of context) add('context', histogram);
  if (spectrum) add('spectrum', spectrum);
  if (response) add('response', response);
  return out;
}

function uhiOfSeries(
  { regimewatch, weight, title }: Report,
  axis: HistogramData['axis'],
  series: readonly Series[],
  byRegime: boolean,
): UhiHistogram {
  const values = series.map((one) => [one.underflow, ...one.sum, one.overflow]);
  const variances = series.map((one, at) =>
    // A count is its own variance; the square of its rounded root is not quite.
    weight === null
      ? values[at]!
      : [one.underflowError, ...one.errors, one.overflowError].map((error) => error * error),
  );
  const along: UhiAxis = {
    type: 'variable',
    edges: axis.edges,
    underflow: true,
    overflow: true,
    circular: false,
    metadata: axisMetadata({ name: axis.variable, title: axis.title, unit: axis.unit }),
  };
  const regimes: UhiAxis = {
    type: 'category_int',
    categories: series.map(({ regime }) => Number(regime)),
    flow: false,
    metadata: axisMetadata({ name: 'regime' }),
  };
  const n = series.reduce((sum, one) => sum + one.n, 0);
  return uhiHistogram({ program: regimewatch, title }, { entries: n }, byRegime ? [regimes, along] : [along], {
    type: 'weighted',
    values: byRegime ? values : values[0]!,
    variances: byRegime ? variances : variances[0]!,
  });
}
