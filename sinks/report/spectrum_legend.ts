import type { HistogramData, Report } from '../../schemas/report.js';
import { colourOf, dashOf } from '../page/client/shared/colours.js';
import { formatCount, formatEstimate, formatPlain } from '../page/client/shared/format_estimate.js';
import type { LegendEntry } from './legend.js';

type Series = HistogramData['series'][number];

/** Legend of a spectrum: each series with its events, its peak and what lies outside the axis. */
export function spectrumLegend(
  report: Report,
  axis: HistogramData['axis'],
  drawn: readonly Series[],
  isPoints: (series: Series) => boolean,
  alone: boolean,
): LegendEntry[] {
  const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
  const [low, high] = [formatPlain(axis.edges[0]!), formatPlain(axis.edges.at(-1)!)];
  return drawn.flatMap((one): LegendEntry[] => {
    const title = one.regime === 'all' ? (alone ? 'all' : one.name) : `${one.regime}: ${labels.get(one.regime) ?? ''}`;
    const peak = report.peak?.find(({ regime, series }) => regime === one.regime && series === one.name)?.position;
    const rest = (cell: string): LegendEntry => ({ mark: 'none', colour: '', cells: [cell] });
    const colour = isPoints(one) && !alone ? colourOf(0) : colourOf(one.regime);
    return [
      { mark: isPoints(one) ? 'dot' : 'line', colour, dash: dashOf(one.regime), cells: [title] },
      rest(`n = ${formatCount(one.n)}`),
      ...(peak && peak.value !== null
        ? [rest(`peak ${formatEstimate(peak.value, peak.error)} ${axis.unit ?? ''}`.trim())]
        : []),
      rest(`< ${low}: ${formatPlain(one.underflow)}, ≥ ${high}: ${formatPlain(one.overflow)}`),
    ];
  });
}
