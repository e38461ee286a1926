import * as Plot from '@observablehq/plot';
import type { LocalityReport, Report } from '../../../schemas/report.js';
import { binPoints } from '../bin_points.js';
import { clearStripWords } from '../clear_strip_words.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { reach } from '../context_bins.js';
import { stripMarks } from '../flow_strips.js';
import { formatCount, formatPlain } from '../../page/client/shared/format_estimate.js';
import { bandOpacity, legend, type LegendEntry } from '../legend.js';
import { panelStack } from '../panel_stack.js';
import { placeAxis } from '../place_axis.js';
import { placedGroups, type PlacedGroup } from '../placed_groups.js';
import { sheet, type Figure } from '../sheet.js';

type Row = Omit<LocalityReport['regimes'][number], 'regime'>;

const [left, width] = [92, 592];

function pullFigure(
  report: Report,
  test: LocalityReport,
  { name, words, title, place }: PlacedGroup<Row>,
  suffix: string,
): Figure {
  const { bins, under, over } = place;
  const { tolerance, widthTolerance, model } = test;
  const band = (centre: number, half: number) =>
    Plot.rectY([{ low: centre - half, high: centre + half }], {
      ...{ y1: 'low', y2: 'high', fill: 'currentColor', fillOpacity: bandOpacity('currentColor') },
      ariaDescription: 'tolerance',
    });
  const strips = stripMarks([under, over]);
  const panels = [
    { what: 'pull mean', base: 0, half: null, pick: (row: Row) => row.pullMean },
    { what: 'pull width', base: 1, half: widthTolerance, pick: (row: Row) => row.pullWidth },
    { what: 'excess in δ', base: 0, half: tolerance, pick: (row: Row) => row.excess },
  ];
  const storeys = panels.map(({ what, base, half, pick }) => {
    const domain = reach(bins, [pick], base, ...(half === null ? [] : [base - 1.2 * half, base + 1.2 * half]));
    const marks = [
      ...strips,
      half === null ? null : band(base, half),
      Plot.ruleY([base], { strokeOpacity: 0.6 }),
      ...binPoints(bins, pick, domain, { name: what }),
    ];
    return { y: { title: what, domain }, height: 142, marks };
  });
  const stack = panelStack(left, width, placeAxis(place, title, width), storeys);
  const point = { mark: 'dot' as const, colour: colourOf(0) };
  const tolerated = { mark: 'band' as const, colour: 'currentColor' };
  const entries: LegendEntry[][] = [
    [{ ...point, cells: ['mean of z'] }],
    [
      { ...point, cells: ['width of z'] },
      { ...tolerated, cells: [`tolerance 1 ± ${formatPlain(widthTolerance)}`] },
    ],
    [
      { ...point, cells: ['mean of δ − E[δ|local]'] },
      { ...tolerated, cells: [`tolerance ±${formatPlain(tolerance)}`] },
    ],
  ];
  const unknown = bins.filter(({ row }) => row.n > 0 && row.pullMean.value === null).length;
  const heading = `Pulls against ${words}, ${model} local model`;
  const description =
    `${heading}: mean and width of z = (δ − E[δ|local]) / σ[δ|local] and the bias beyond the local response, with standard errors; ` +
    'a local response has mean 0 and width 1 everywhere. Each event is judged by a model that has not seen it. ' +
    `Bins with too few events for a point: ${formatCount(unknown)}.` +
    `${under || over ? ' Shaded strips: events beyond the axis.' : ''}${place.axis.remark}`;
  return sheet(report, {
    name: `pull_by_${name}${suffix}`,
    title: heading,
    description,
    n: bins.reduce((sum, { row }) => sum + row.n, 0),
    height: stack.at(-1)!.bottom + 74,
    parts: [
      ...stack.map(({ svg }) => svg),
      clearStripWords(stack[2]!, place, (row) => row.excess),
      ...entries.map((own, i) => legend(712, stack[i]!.top + 14, [{ at: 34, width: 204 }], null, own)),
    ],
  });
}

/** Pull mean, pull width and excess by bin of each context variable and by regime, one figure each for every model. */
export const pulls = (report: Report): Figure[] =>
  (report.locality ? [report.locality, ...report.locality.alternatives] : []).flatMap((test, i) =>
    placedGroups<Row>(report, test.byContext, test.regimes, width).map((group) =>
      pullFigure(report, test, group, i === 0 ? '' : `_${test.model}`),
    ),
  );
