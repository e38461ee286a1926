import type { DrawOn } from './drawing/canvas.js';
import { contextFigure } from './drawing/context_figure.js';
import { stageInk } from './drawing/inks.js';
import { profile } from './drawing/profile.js';
import { referenceReports, selectedReports } from './drawing/selection.js';

/**
 * Half of the central 68 % of raw δ in bins of each context variable: the mean over the windows weighted by their events,
 * with the reference windows beside. That it grows with H_T is no sign of trouble in itself: it grows with p_T.
 */
export const sigma68: DrawOn = (view, canvas) =>
  contextFigure(view, canvas, {
    ...{ id: 'sigma68', title: 'Resolution against the context, all regimes', y: 'σ68 of δ [%]', scale: 100, line: 0 },
    series: (variable) => [
      {
        ...{ name: 'reference', colour: 'currentColor', reference: true },
        bins: profile(referenceReports(view), variable, (row) => row.sigma68),
      },
      { name: 'raw', colour: stageInk('raw'), bins: profile(selectedReports(view), variable, (row) => row.sigma68) },
    ],
  });
