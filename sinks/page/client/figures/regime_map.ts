import type { Markish } from '@observablehq/plot';
import { formatPlain, formatShare } from '../shared/format_estimate.js';
import type { View } from '../view.js';
import type { Canvas, DrawOn } from './drawing/canvas.js';
import { FEWEST, gridCells } from './drawing/grid_cells.js';
import { hatchPattern } from './drawing/hatch.js';
import { quiet, regimeInk } from './drawing/inks.js';
import { legend, note, type LegendEntry } from './drawing/legend.js';
import { boxRow, countWords, planeOf } from './drawing/plane.js';
import { bordersOf, centresOf, hasEnough, outlineOf, regimeCells, type RegimeCell } from './drawing/regime_cells.js';
import { regimesOf, selectedReports, windowWords } from './drawing/selection.js';
import { sheet } from './drawing/sheet.js';
import { stack } from './drawing/stack.js';
import { wilsonShare } from './drawing/wilson_share.js';

const ID = 'regime_map';
/** A cell is as opaque as its regime is alone in it: from half of its events on. */
const [FAINT, FULL] = [0.2, 0.85];
const opacityOf = (share: number): number => FAINT + (FULL - FAINT) * Math.max(0, 2 * share - 1);
/** Below this share of one regime a cell counts as shared. */
const PURE = 0.9;

function cellMarks(view: View, { plot }: Canvas, cells: readonly RegimeCell[], hatch: string): Markish[] {
  const box = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' } as const;
  const known = cells.filter(hasEnough);
  const centres = centresOf(known);
  const ground = view.dark ? '#16191e' : '#ffffff';
  const at = { x: 'x', y: 'y' } as const;
  return [
    plot.rect(known, {
      ...{ ...box, title: 'words', ariaDescription: 'cells' },
      fill: ({ regime }: RegimeCell) => regimeInk(view, regime),
      fillOpacity: ({ share }: RegimeCell) => opacityOf(share.value),
    }),
    plot.rect(
      cells.filter((cell) => !hasEnough(cell)),
      { ...box, title: 'words', fill: `url(#${hatch})`, fillOpacity: 0.6, inset: 0.4, ariaDescription: 'few events' },
    ),
    plot.link(bordersOf(known), { ...box, strokeWidth: 1.3, strokeLinecap: 'square', ariaDescription: 'borders' }),
    ...(view.regime === null
      ? []
      : [
          plot.link(outlineOf(known, view.regime), {
            ...{ ...box, strokeWidth: 3.2, strokeLinecap: 'square', ariaDescription: 'chosen regime' },
          }),
        ]),
    plot.dot(centres, {
      ...{ ...at, r: 9, fill: ground, strokeWidth: 1.6, ariaDescription: 'centres' },
      stroke: ({ regime }: { regime: number }) => regimeInk(view, regime),
    }),
    plot.text(centres, { ...at, text: 'regime', fill: 'currentColor', fontSize: 11, fontWeight: 600 }),
  ];
}

/**
 * The plane of the first two context variables, each cell in the colour of the regime that most of its events have over
 * the selected windows, the fainter the more events of other regimes it has; cells with fewer than 10 events are hatched.
 * Lines where the regime changes; numbers at the mean place of a regime's cells, weighted by its events there (reports do
 * not have the centroids); the regime that is chosen is outlined. Shares have Wilson intervals of one σ. Null where
 * reports have no cells, or cells that do not tell regimes.
 */
export const regimeMap: DrawOn = (view, canvas) => {
  const reports = selectedReports(view);
  const grid = gridCells(reports);
  if (!grid) return null;
  const regimes = regimesOf({ ...view, regime: null });
  const cells = regimeCells(grid, new Map(regimes.map(({ regime, label }) => [regime, label])));
  if (cells.length === 0) return null;
  const plane = planeOf(view, grid, reports);
  const known = cells.filter(hasEnough);
  const hatch = `${ID}-few`;
  const all = reports.reduce((sum, { events }) => sum + events, 0);
  const shares = regimes.map(({ regime, label }) => {
    const n = reports.reduce((sum, report) => sum + (report.regimes.find((row) => row.regime === regime)?.n ?? 0), 0);
    const share = wilsonShare(n, all);
    const words = `${regime} ${label}: ${formatShare(share?.value ?? null, share?.low ?? null, share?.high ?? null)}`;
    const won = known.some((cell) => cell.regime === regime);
    return { regime, words: won ? words : `${words}, in no cell the most frequent` };
  });
  const lacking =
    grid.unassigned > 0 ? `${countWords(grid.unassigned, 'window')} without regimes by cell left out` : null;
  const head = legend(canvas, 8, 6, view.width - 16, [
    ...shares.map(({ regime, words }): LegendEntry => ({ mark: 'area', colour: regimeInk(view, regime), words })),
    { mark: 'fade', colour: 'currentColor', words: 'share of it in the cell: 50 % or less to 100 %' },
    { mark: 'hatch', colour: `url(#${hatch})`, words: `fewer than ${FEWEST} events` },
    { mark: 'line', colour: 'currentColor', words: 'the regime changes' },
    ...(lacking === null ? [] : [note(lacking)]),
  ]);
  const drawn = stack(canvas, { left: 0, top: head.height + 8, width: view.width }, () => plane.x, [
    { height: view.width < 500 ? 220 : 300, y: plane.y, grid: false, marks: cellMarks(view, canvas, cells, hatch) },
  ]);
  const shared = known.filter(({ share }) => share.value < PURE).length;
  const mixed = `in ${shared} of ${countWords(known.length, 'cell')} with ${FEWEST} events or more less than ${formatPlain(100 * PURE)} % are of one regime`;
  const said = [...shares.map(({ words }) => words), mixed, ...(lacking === null ? [] : [lacking])];
  return sheet(canvas, view, {
    ...{ id: ID, title: `Regimes in the plane of ${plane.words}`, windows: windowWords(reports) },
    ...{ height: drawn.bottom, summary: `Regimes in ${plane.counted}: ${said.join('; ')}.` },
    rows: cells.map((cell) => ({
      ...{ ...boxRow(plane, cell), events: cell.n, regime: cell.regime, label: cell.label },
      ...{ 'share [%]': 100 * cell.share.value, 'share low [%]': 100 * cell.share.low },
      ...{ 'share high [%]': 100 * cell.share.high },
    })),
    parts: [
      hatchPattern(canvas, hatch, view.dark ? '#16191e' : '#ffffff', quiet(view)),
      head.node,
      ...drawn.panels.map(({ node }) => node),
    ],
  });
};
