import type { CorrectionReport, Estimate, HistogramData } from '../../schemas/report.js';
import { colourOf, dashOf } from '../page/client/shared/colours.js';
import { formatCount, formatEstimate, formatPlain } from '../page/client/shared/format_estimate.js';
import type { LegendEntry } from './legend.js';

const marks: Record<string, Omit<LegendEntry, 'cells'>> = {
  truth: { mark: 'line', colour: colourOf('all'), dash: dashOf('all') },
  raw: { mark: 'line', colour: colourOf(1), dash: dashOf(1) },
  corrected: { mark: 'dot', colour: colourOf(0) },
};

/** Legend of the spectra of a correction: events, fitted position and width, χ² per degree of freedom, and what lies outside. */
export function peakLegend(
  { peaks, accepted }: CorrectionReport,
  axis: HistogramData['axis'],
  series: HistogramData['series'],
  regime: number | 'all',
): LegendEntry[] {
  const [low, high] = [formatPlain(axis.edges[0]!), formatPlain(axis.edges.at(-1)!)];
  const unit = axis.unit === null ? '' : ` ${axis.unit}`;
  return series.flatMap(({ name, n, underflow, overflow }): LegendEntry[] => {
    const fit = peaks.find((one) => one.regime === regime && one.series === name);
    const row = (cell: string): LegendEntry => ({ mark: 'none', colour: '', cells: [cell] });
    const shown = (what: string, one: Estimate | undefined): LegendEntry[] =>
      one && one.value !== null ? [row(`${what} ${formatEstimate(one.value, one.error)}${unit}`)] : [];
    return [
      { ...(marks[name] ?? marks.truth!), cells: [name === 'corrected' && !accepted ? 'corrected (identity)' : name] },
      row(`n = ${formatCount(n)}`),
      ...shown('peak', fit?.position),
      ...shown('width', fit?.width),
      ...(fit && fit.chi2 !== null && fit.ndof !== null
        ? [row(`χ²/ndof ${formatPlain(fit.chi2, 3)}/${fit.ndof}`)]
        : []),
      ...(fit?.reason === undefined ? [] : [row(`no fit: ${fit.reason}`)]),
      row(`< ${low}: ${formatPlain(underflow)}, ≥ ${high}: ${formatPlain(overflow)}`),
    ];
  });
}
