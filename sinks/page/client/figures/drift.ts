import type { DrawOn } from './drawing/canvas.js';
import { regimeInk } from './drawing/inks.js';
import { regimesOf } from './drawing/selection.js';
import { timeFigure } from './drawing/time_figure.js';
import type { TimePanel } from './drawing/time_series.js';
import type { WindowReport } from '../../../../schemas/window_report.js';

type Row = WindowReport['regimes'][number];
type Estimate = { readonly value: number | null; readonly error: number | null };

/** Resolution, share (with its binomial error), peak and mean pull of the regimes over the windows. */
export const drift: DrawOn = (view, canvas) => {
  const { spectrum } = view.description;
  const panel = (y: string, scale: number, pick: (row: Row) => Estimate | undefined): TimePanel => ({
    ...{ y, scale },
    series: regimesOf(view).map(({ regime, label }) => ({
      ...{ name: `${regime} ${label}`, colour: regimeInk(view, regime) },
      pick: ({ regimes }) => {
        const row = regimes.find((one) => one.regime === regime);
        return row && pick(row);
      },
    })),
  });
  const share = ({ n, share: value }: Row): Estimate => ({
    value,
    // Binomial: n = share · N.
    error: value === null || value === 0 ? null : value * Math.sqrt((1 - value) / n),
  });
  const peak = spectrum && panel(`peak${spectrum.unit === null ? '' : ` [${spectrum.unit}]`}`, 1, (row) => row.peak);
  return timeFigure(view, canvas, {
    ...{ id: 'drift', title: 'Resolution, share, peak and pull over the windows' },
    panels: [
      panel('σ68 [%]', 100, (row) => row.sigma68),
      panel('share [%]', 100, share),
      ...(peak ? [peak] : []),
      panel('mean pull', 1, (row) => row.pullMean),
    ],
  });
};
