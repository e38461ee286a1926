import type { Report } from '../../schemas/report.js';
import { withError, type GaugeRows } from './gauge_rows.js';

/** What the correction took away of the mean squared bias of the regimes, and the fitted peaks before and after. */
export function correctionGauges({ correction: found }: Report): GaugeRows[] {
  if (!found) return [];
  const regimes = found.bound.bias
    .filter(({ over }) => over === 'regimes')
    .map((bound) => [{ layer: found.layer }, bound] as const);
  const peaks = found.peaks.map((one) => [{ regime: String(one.regime), series: one.series }, one] as const);
  const gain = 'Share of the mean squared bias of the regimes that the correction takes away, on test events';
  return [
    ...withError('correction_gain', '_ratio', gain, regimes, ({ share }) => share),
    {
      name: 'correction_accepted',
      help: '1 if a correction is applied, 0 if it was refused',
      rows: [[{ layer: found.layer }, found.accepted ? 1 : 0]],
    },
    ...withError(
      'peak_fit_position',
      '',
      'Fitted position of the peak of test events, in the unit of the spectrum',
      peaks,
      ({ position }) => position,
    ),
    ...withError(
      'peak_fit_width',
      '',
      'Fitted width of the peak of test events, in the unit of the spectrum',
      peaks,
      ({ width }) => width,
    ),
  ];
}
