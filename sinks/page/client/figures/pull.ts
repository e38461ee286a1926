import type { DrawOn } from './drawing/canvas.js';
import { contextFigure } from './drawing/context_figure.js';
import { stageInk } from './drawing/inks.js';
import { profile } from './drawing/profile.js';
import { referenceReports, selectedReports } from './drawing/selection.js';

/**
 * Mean pull of raw δ against the local model in bins of each context variable: away from 0 the response depends on more
 * than local parameters explain. Reference and onset as in the figure of the bias; the tolerance is
 * that of the danger zones. There is no corrected pull: the local model is of the raw response. Null without a local model.
 */
export const pull: DrawOn = (view, canvas) => {
  const reports = selectedReports(view);
  return contextFigure(view, canvas, {
    ...{ id: 'pull', title: 'Pull against the context, all regimes', y: 'mean pull', scale: 1, line: 0 },
    tolerance: view.description.limits.pull,
    series: (variable) => [
      {
        ...{ name: 'reference', colour: 'currentColor', reference: true },
        bins: profile(referenceReports(view), variable, (row) => row.pullMean),
      },
      { name: 'raw', colour: stageInk('raw'), bins: profile(reports, variable, (row) => row.pullMean) },
    ],
    zone: (variable) => reports.at(-1)?.zones?.find((zone) => zone.variable === variable && zone.quantity === 'pull'),
  });
};
