import type { DrawOn } from './drawing/canvas.js';
import { contextFigure } from './drawing/context_figure.js';
import { stageInk } from './drawing/inks.js';
import { delivered, profile } from './drawing/profile.js';
import { lackingWords, referenceReports, selectedReports, stagesOf, stageWords } from './drawing/selection.js';

/**
 * Half of the central 68 % of δ in bins of each context variable, raw, and corrected where windows with a correction in
 * effect tell it: the mean over the windows weighted by their events, with the reference windows beside. That it grows
 * with H_T is no sign of trouble in itself: it grows with p_T. All regimes together.
 */
export const sigma68: DrawOn = (view, canvas) => {
  const reports = selectedReports(view);
  const stages = stagesOf(view, reports);
  const lacking = lackingWords(reports, ({ byContext }) => byContext.some((row) => !row.correctedSigma68));
  return contextFigure(view, canvas, {
    ...{ id: 'sigma68', title: 'Resolution against the context, all regimes', y: 'σ68 of δ [%]', scale: 100, line: 0 },
    notes: lacking === null ? [] : [lacking],
    series: (variable) => [
      {
        ...{ name: 'reference', colour: 'currentColor', reference: true },
        bins: profile(referenceReports(view), variable, (row) => row.sigma68),
      },
      ...stages.map((stage) => ({
        ...{ name: stageWords(stage, reports), colour: stageInk(stage), open: stage === 'raw' && stages.length > 1 },
        bins: profile(
          reports,
          variable,
          stage === 'raw' ? (row) => row.sigma68 : delivered('correctedSigma68', 'sigma68'),
        ),
      })),
    ],
  });
};
