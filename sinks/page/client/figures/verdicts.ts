import type { FigureRow } from '../view.js';
import type { DrawOn } from './drawing/canvas.js';
import { legend } from './drawing/legend.js';
import { regimesOf, windowWords } from './drawing/selection.js';
import { sheet } from './drawing/sheet.js';
import { stack } from './drawing/stack.js';
import { windowAxis } from './drawing/window_axis.js';

const MOST = 300;
const COLOURS = { null: '#9c9ca1', good: '#5790fc', medium: '#f89c20', bad: '#e42536' } as const;
/** Half the height of a verdict's bar: worse is taller, so that it is seen without colour where letters do not fit. */
const HALVES = { null: 0.14, good: 0.24, medium: 0.34, bad: 0.44 } as const;
const LETTERS = { null: '·', good: 'G', medium: 'M', bad: 'B' } as const;

/** The verdict on the raw response of each regime in each window, as a colour, a height and, where there is room, a letter. */
export const verdicts: DrawOn = (view, canvas) => {
  const reports = view.windows.slice(-MOST).map(({ report }) => report);
  const regimes = regimesOf(view);
  if (reports.length === 0 || regimes.length === 0) return null;
  const cells = reports.flatMap((report) =>
    report.regimes.flatMap((row) => {
      const y = regimes.findIndex(({ regime }) => regime === row.regime);
      return y < 0 ? [] : [{ x: report.index, y, window: report.window, ...row }];
    }),
  );
  const first = reports[0]!.index;
  const last = reports.at(-1)!.index;
  const head = legend(
    canvas,
    8,
    6,
    view.width - 16,
    (['good', 'medium', 'bad', 'null'] as const).map((verdict) => ({
      ...{ mark: 'band', colour: COLOURS[verdict] },
      words: `${LETTERS[verdict]} ${verdict === 'null' ? 'too little data' : verdict}${verdict === 'bad' ? ' (tallest)' : ''}`,
    })),
  );
  const drawn = stack(
    canvas,
    { left: 0, top: head.height + 8, width: view.width },
    (pixels) => windowAxis(reports, [first - 0.5, last + 0.5], pixels),
    [
      {
        height: 34 * regimes.length,
        y: {
          title: 'regime',
          domain: [-0.5, regimes.length - 0.5],
          ticks: regimes.map(({ regime }, at) => ({ at, label: String(regime) })),
        },
        grid: false,
        marks: [
          canvas.plot.rect(cells, {
            ...{ x1: ({ x }: (typeof cells)[number]) => x - 0.5, x2: ({ x }: (typeof cells)[number]) => x + 0.5 },
            ...{
              y1: ({ y, verdict }: (typeof cells)[number]) => y - HALVES[verdict],
              y2: ({ y, verdict }: (typeof cells)[number]) => y + HALVES[verdict],
            },
            fill: ({ verdict }: (typeof cells)[number]) => COLOURS[verdict],
            fillOpacity: 0.55,
            title: ({ window, label: name, verdict, why }: (typeof cells)[number]) =>
              `window ${window}, ${name}: ${verdict}, ${why}`,
            ariaDescription: 'verdicts',
          }),
          ...((view.width - 70) / reports.length < 9
            ? []
            : [
                canvas.plot.text(cells, {
                  ...{ x: 'x', y: 'y', fill: 'currentColor', fontSize: 11 },
                  text: ({ verdict }: (typeof cells)[number]) => LETTERS[verdict],
                }),
              ]),
        ],
      },
    ],
  );
  const bad = cells.filter(({ verdict }) => verdict === 'bad');
  const now = regimes.map(({ regime, label: name }) => {
    const verdict = cells.findLast((cell) => cell.regime === regime)?.verdict ?? 'null';
    return `${name} ${verdict === 'null' ? 'has too little data' : `is ${verdict}`}`;
  });
  return sheet(canvas, view, {
    ...{ id: 'verdicts', title: 'Verdicts on the raw response', windows: windowWords(reports), height: drawn.bottom },
    summary: `${bad.length} of ${cells.length} verdicts are bad; in the last window ${now.join(', ')}.`,
    rows: cells.map(({ window, regime, label: name, verdict, why, n }): FigureRow => ({
      window,
      regime,
      label: name,
      verdict,
      why,
      events: n,
    })),
    parts: [head.node, ...drawn.panels.map(({ node }) => node)],
  });
};
