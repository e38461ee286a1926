import type { DrawOn } from './drawing/canvas.js';
import { contextFigure } from './drawing/context_figure.js';
import { stageInk } from './drawing/inks.js';
import { delivered, profile } from './drawing/profile.js';
import { referenceReports, selectedReports, stagesOf, stageWords } from './drawing/selection.js';

/**
 * Mean of the core of δ in bins of each context variable, raw and corrected, over the selected windows (see `combine`),
 * with the reference windows as a band of one standard error, the tolerance, and the onset of the newest window that has
 * one with its 95 % interval. All regimes together: reports have no profile by regime. Null without a response.
 */
export const bias: DrawOn = (view, canvas) => {
  const reports = selectedReports(view);
  const stages = stagesOf(view, reports);
  return contextFigure(view, canvas, {
    ...{ id: 'bias', title: 'Bias against the context, all regimes', y: 'mean core of δ [%]', scale: 100 },
    ...{ line: 0, tolerance: view.description.limits.bias },
    series: (variable) => [
      {
        ...{ name: 'reference', colour: 'currentColor', reference: true },
        bins: profile(referenceReports(view), variable, ({ core }) => core),
      },
      ...stages.map((stage) => ({
        ...{ name: stageWords(stage, reports), colour: stageInk(stage), open: stage === 'raw' && stages.length > 1 },
        bins: profile(reports, variable, stage === 'raw' ? ({ core }) => core : delivered('corrected', 'core')),
      })),
    ],
    zone: (variable) =>
      reports
        .at(-1)
        ?.zones?.find(
          (zone) => zone.variable === variable && zone.quantity === (view.stage === 'raw' ? 'bias' : 'corrected'),
        ),
  });
};
