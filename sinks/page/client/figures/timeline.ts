import type { DrawOn } from './drawing/canvas.js';
import { stageInk } from './drawing/inks.js';
import { corrects, regimesOf } from './drawing/selection.js';
import { timeFigure } from './drawing/time_figure.js';

/** Mean of the core of δ of each window, a panel a regime: raw, and corrected where a correction was in effect. */
export const timeline: DrawOn = (view, canvas) => {
  const both = corrects(view.windows.map(({ report }) => report));
  return timeFigure(view, canvas, {
    ...{ id: 'timeline', title: 'Bias over the windows', shared: true },
    panels: regimesOf(view).map(({ regime }) => ({
      ...{ y: `regime ${regime} [%]`, scale: 100, line: 0, tolerance: view.description.limits.bias },
      series: [
        {
          ...{ name: 'raw', colour: stageInk('raw'), open: both },
          pick: ({ regimes }) => regimes.find((row) => row.regime === regime)?.core,
        },
        ...(both
          ? [
              {
                ...{ name: 'corrected', colour: stageInk('corrected') },
                pick: ({ correction, regimes }) =>
                  correction === null ? undefined : regimes.find((row) => row.regime === regime)?.corrected?.core,
              } satisfies Parameters<typeof timeFigure>[2]['panels'][number]['series'][number],
            ]
          : []),
      ],
    })),
  });
};
