import { diverging, ramp } from '../shared/colours.js';
import { formatCount, formatEstimate, formatPlain } from '../shared/format_estimate.js';
import { svgNode, label, type DrawOn } from './drawing/canvas.js';
import { FEWEST, gridCells } from './drawing/grid_cells.js';
import { hatchPattern } from './drawing/hatch.js';
import { quiet } from './drawing/inks.js';
import { selectedReports, windowWords } from './drawing/selection.js';
import { sheet } from './drawing/sheet.js';
import { stack } from './drawing/stack.js';

const ID = 'heat_map';
const BAR = 12;

/**
 * Mean of the core of raw δ in cells of the first two context variables, over the selected windows (see `combine`), on a
 * diverging scale around 0 whose ends are the largest value that is known to better than a third of itself. Cells with
 * fewer than 10 events are hatched; where there is no event nothing is drawn. Events beyond the edges are not shown.
 * Null where reports have no grid.
 */
export const heatMap: DrawOn = (view, canvas) => {
  const reports = selectedReports(view);
  const grid = gridCells(reports);
  if (!grid || grid.cells.length === 0) return null;
  const { xEdges, yEdges } = grid;
  const about = (name: string) => view.description.context.find((one) => one.name === name);
  const axisTitle = (name: string): string => {
    const { title = name, unit = null } = about(name) ?? {};
    return unit === null ? title : `${title} [${unit}]`;
  };
  const cells = grid.cells.map(({ x, y, n, value, error }) => ({
    ...{ x1: xEdges[x]!, x2: xEdges[x + 1]!, y1: yEdges[y]!, y2: yEdges[y + 1]!, n },
    value: value === null ? null : 100 * value,
    error: error === null ? null : 100 * error,
  }));
  const known = cells.filter(({ n, value }) => n >= FEWEST && value !== null);
  const sure = known.filter(({ value, error }) => error !== null && error < Math.abs(value!) / 3);
  const limit = Math.max(100 * view.description.limits.bias, ...sure.map(({ value }) => Math.abs(value!)));
  const hatch = `${ID}-few`;
  const words = (cell: (typeof cells)[number]): string =>
    `${cell.x1}–${cell.x2}, ${cell.y1}–${cell.y2}: ${formatEstimate(cell.value, cell.error)} %, ${formatCount(cell.n)} events`;
  const box = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', title: words, inset: 0.4 } as const;
  const narrow = view.width < 500;
  const top = narrow ? 48 : 34;
  const drawn = stack(
    canvas,
    { left: 0, top, width: view.width },
    () => ({ title: axisTitle(grid.x), domain: [xEdges[0]!, xEdges.at(-1)!] }),
    [
      {
        height: narrow ? 220 : 280,
        y: { title: axisTitle(grid.y), domain: [yEdges[0]!, yEdges.at(-1)!] },
        grid: false,
        marks: [
          canvas.plot.rect(known, {
            ...{ ...box, ariaDescription: 'cells' },
            fill: (cell: (typeof cells)[number]) => ramp(diverging, 0.5 + cell.value! / (2 * limit)),
          }),
          canvas.plot.rect(
            cells.filter((cell) => !known.includes(cell)),
            { ...box, fill: `url(#${hatch})`, fillOpacity: 0.6, ariaDescription: 'few events' },
          ),
        ],
      },
    ],
  );
  const frame = drawn.panels[0]!;
  const bar = Math.min(180, frame.width / 2);
  const steps = 40;
  const scale = Array.from({ length: steps }, (_, i) =>
    svgNode(canvas, 'rect', {
      ...{ x: frame.left + (i * bar) / steps, y: 8, width: bar / steps + 0.5, height: BAR },
      fill: ramp(diverging, i / (steps - 1)),
    }),
  );
  const ends = `${formatPlain(-limit, 2)} to ${formatPlain(limit, 2)} %`;
  const few = `hatched: fewer than ${FEWEST} events`;
  const worst = [...sure].sort((a, b) => Math.abs(b.value! / b.error!) - Math.abs(a.value! / a.error!))[0];
  const said = worst
    ? `the most significant cell is ${words(worst)}, ${formatPlain(Math.abs(worst.value! / worst.error!), 2)} σ`
    : 'no cell is three errors from 0';
  const title = `Bias in the plane of ${about(grid.x)?.title ?? grid.x} and ${about(grid.y)?.title ?? grid.y}`;
  return sheet(canvas, view, {
    ...{ id: ID, title, windows: windowWords(reports), height: drawn.bottom },
    summary: `Mean core of raw δ in ${known.length} cells of ${formatCount(grid.n)} events, ${windowWords(reports)}: ${said}.`,
    rows: cells.map(({ x1, x2, y1, y2, n, value, error }) => ({
      ...{ [`${axisTitle(grid.x)} from`]: x1, [`${axisTitle(grid.x)} to`]: x2 },
      ...{ [`${axisTitle(grid.y)} from`]: y1, [`${axisTitle(grid.y)} to`]: y2 },
      ...{ events: n, 'mean core [%]': value, 'error [%]': error },
    })),
    parts: [
      hatchPattern(canvas, hatch, view.dark ? '#16191e' : '#ffffff', quiet(view)),
      ...scale,
      label(canvas, frame.left + bar + 8, 8 + BAR / 2, narrow ? ends : `${ends}, ${few}`),
      ...(narrow ? [label(canvas, frame.left, 34, few)] : []),
      frame.node,
    ],
  });
};
