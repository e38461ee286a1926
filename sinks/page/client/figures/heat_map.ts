import { diverging, ramp } from '../shared/colours.js';
import type { Stage } from '../view.js';
import { label, type Canvas, type DrawOn } from './drawing/canvas.js';
import { colourBar } from './drawing/colour_bar.js';
import { FEWEST, gridCells } from './drawing/grid_cells.js';
import { hatchPattern } from './drawing/hatch.js';
import { heatCells, heatRows, isKnown, sureCells, worstWords, type HeatCell } from './drawing/heat_cells.js';
import { quiet } from './drawing/inks.js';
import { legend, note } from './drawing/legend.js';
import { planeOf } from './drawing/plane.js';
import {
  correctedWords,
  corrects,
  lackingWords,
  ofAllRegimes,
  selectedReports,
  stageWords,
  windowWords,
} from './drawing/selection.js';
import { sheet } from './drawing/sheet.js';
import { stack, type Storey } from './drawing/stack.js';

const ID = 'heat_map';
/** From this width on, before and after stand beside each other. */
const WIDE = 640;
const NAME = 20;

function cellMarks({ plot }: Canvas, cells: readonly HeatCell[], limit: number, hatch: string): Storey['marks'] {
  const box = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', title: 'words', inset: 0.4 } as const;
  return [
    plot.rect(cells.filter(isKnown), {
      ...{ ...box, ariaDescription: 'cells' },
      fill: ({ value }: HeatCell) => ramp(diverging, 0.5 + value! / (2 * limit)),
    }),
    plot.rect(
      cells.filter((cell) => !isKnown(cell)),
      { ...box, fill: `url(#${hatch})`, fillOpacity: 0.6, ariaDescription: 'few events' },
    ),
  ];
}

/**
 * Mean of the core of δ in cells of the first two context variables, over the selected windows (see `combine`): raw, and
 * beside it corrected where a correction was in effect, on one diverging scale around 0 whose ends are the largest value
 * that is known to better than a third of itself. Cells with fewer than 10 events are hatched; where there is no event
 * nothing is drawn. The summary is of the stage that is looked at. Null where reports have no grid.
 */
export const heatMap: DrawOn = (view, canvas) => {
  const reports = selectedReports(view);
  const grid = gridCells(reports);
  if (!grid || grid.cells.length === 0) return null;
  const plane = planeOf(view, grid, reports);
  const both = corrects(reports) && grid.cells.some(({ corrected }) => corrected.value !== null);
  const stage: Stage = both ? view.stage : 'raw';
  const planes = (both ? (['raw', 'corrected'] as const) : (['raw'] as const)).map((of) => ({
    ...{ of, cells: heatCells(grid, of) },
    words: both ? `${of === 'raw' ? 'before' : 'after'} the correction: ${of}` : stageWords(of, reports),
  }));
  const sure = planes.flatMap(({ cells }) => sureCells(cells));
  const limit = Math.max(100 * view.description.limits.bias, ...sure.map(({ value }) => Math.abs(value!)));
  const hatch = `${ID}-few`;
  const lacking = lackingWords(reports, ({ grid: own }) => own?.cells.some(({ corrected }) => !corrected) === true);
  const notes = [correctedWords(reports), lacking, ofAllRegimes(view)].filter((words) => words !== null);
  const head = legend(canvas, 8, 26, view.width - 16, [
    { mark: 'hatch', colour: `url(#${hatch})`, words: `fewer than ${FEWEST} events` },
    ...notes.map(note),
  ]);
  const beside = both && view.width >= WIDE;
  const width = beside ? view.width / 2 : view.width;
  const height = view.width < 500 ? 220 : 280;
  const parts: Element[] = [];
  let bottom = 26 + head.height;
  planes.forEach(({ of, cells, words }, i) => {
    const [left, top] = [beside ? i * width : 0, beside ? 26 + head.height : bottom];
    const drawn = stack(canvas, { left, top: top + NAME, width }, () => plane.x, [
      { height, y: plane.y, grid: false, marks: cellMarks(canvas, cells, limit, hatch) },
    ]);
    const frame = drawn.panels[0]!;
    const weight = both && of === stage ? 600 : 400;
    parts.push(label(canvas, frame.left, top + NAME / 2, words, { 'font-weight': weight }), frame.node);
    bottom = drawn.bottom;
  });
  const ofStage = planes.find(({ of }) => of === stage)!;
  const said = notes.length === 0 ? '' : `; ${notes.join('; ')}`;
  return sheet(canvas, view, {
    ...{ id: ID, title: `Bias in the plane of ${plane.words}, all regimes`, windows: windowWords(reports) },
    ...{ height: bottom, rows: heatRows(plane, grid, planes[0]!.cells, planes[1]?.cells) },
    summary: `Mean core of ${stageWords(stage, reports)} δ in ${plane.counted}: ${worstWords(ofStage.cells)}${said}.`,
    parts: [
      hatchPattern(canvas, hatch, view.dark ? '#16191e' : '#ffffff', quiet(view)),
      ...colourBar(canvas, 8, 8, Math.min(180, view.width / 2), limit),
      ...[head.node, ...parts],
    ],
  });
};
