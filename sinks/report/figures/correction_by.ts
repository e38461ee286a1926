import * as Plot from '@observablehq/plot';
import type { CorrectionReport, Estimate, Report } from '../../../schemas/report.js';
import { binPoints } from '../bin_points.js';
import { boundColumns, boundEntries, boundsOf } from '../bound_words.js';
import { clearStripWords } from '../clear_strip_words.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { reach } from '../context_bins.js';
import { fewEvents } from '../few_events.js';
import { stripMarks } from '../flow_strips.js';
import { formatCount } from '../../page/client/shared/format_estimate.js';
import { legend, type LegendEntry } from '../legend.js';
import { panelStack } from '../panel_stack.js';
import { placeAxis } from '../place_axis.js';
import { placedGroups, type PlacedGroup } from '../placed_groups.js';
import { sheet, type Figure } from '../sheet.js';

type Stage = CorrectionReport['before'];
type Row = Pick<CorrectionReport['regimes'][number], 'n' | 'before' | 'after'>;

const [left, width] = [92, 592];
const text = [{ at: 34, width: 204 }];

const panels: readonly { what: string; height: number; pick: (stage: Stage) => Estimate }[] = [
  { what: 'mean of δ', height: 158, pick: ({ bias }) => bias },
  { what: 'median of δ', height: 158, pick: ({ median }) => median },
  { what: 'σ68 of δ', height: 128, pick: ({ sigma68 }) => sigma68 },
];

function correctionFigure(report: Report, correction: CorrectionReport, group: PlacedGroup<Row>): Figure {
  const { name, words, title, place } = group;
  const { under, over } = place;
  const bins = place.bins.filter(({ row }) => row.n >= 2);
  const storeys = panels.map(({ what, height, pick }) => {
    const [before, after] = [(row: Row) => pick(row.before), (row: Row) => pick(row.after)];
    const range = reach(bins, [before, after], 0);
    const domain = what.startsWith('σ') ? ([0, range[1]] as const) : range;
    const marks = [
      ...stripMarks([under, over]),
      Plot.ruleY([0], { strokeOpacity: 0.6 }),
      ...binPoints(bins, before, domain, { name: `${what} before`, open: true }),
      ...binPoints(bins, after, domain, { name: `${what} after` }),
    ];
    return { y: { title: what, domain }, height, marks };
  });
  const stack = panelStack(left, width, placeAxis(place, title, width), storeys);
  const state = correction.accepted ? `${correction.layer} correction` : 'refused: identity';
  const entries: LegendEntry[] = [
    { mark: 'open', colour: colourOf(2), cells: ['before'] },
    { mark: 'dot', colour: colourOf(0), cells: [`after (${state})`] },
  ];
  const heading = `Response before and after the correction, against ${words}`;
  const few = bins.filter(({ row }) => row.n < fewEvents).length;
  const description =
    `${heading}: mean, median and σ68 of δ of the test events, each counted once, with standard errors; before and after are of the same events. ` +
    'Beside: root of the mean squared bias before (all that a function of the regime, or of the bin, could take away) and after. ' +
    (correction.accepted ? '' : `The correction was refused, so that nothing changes: ${correction.reason}. `) +
    `Bins with fewer than ${fewEvents} events: ${formatCount(few)}; a triangle marks a value beyond the panel.` +
    (under || over ? ' Shaded strips: events beyond the axis.' : '') +
    place.axis.remark;
  return sheet(report, {
    name: `correction_by_${name}`,
    title: heading,
    description,
    n: correction.after.n,
    height: stack.at(-1)!.bottom + 74,
    parts: [
      ...stack.map(({ svg }) => svg),
      clearStripWords(stack[2]!, place, (row) => row.after.sigma68),
      legend(712, stack[0]!.top + 14, text, null, entries),
      legend(
        712,
        stack[1]!.top + 8,
        boundColumns,
        null,
        boundEntries(boundsOf(correction, name === 'regime' ? null : words)),
      ),
    ],
  });
}

/** Mean, median and σ68 before and after the correction, by bin of each context variable and by regime. */
export function correctionBy(report: Report): Figure[] {
  const { correction } = report;
  if (!correction || correction.after.n === 0) return [];
  return placedGroups<Row>(report, correction.byContext, correction.regimes, width).map((group) =>
    correctionFigure(report, correction, group),
  );
}
