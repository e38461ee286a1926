import * as Plot from '@observablehq/plot';
import type { Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { binPoints } from '../bin_points.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { contextBins, reach, type ContextBin, type ContextRow } from '../context_bins.js';
import { fewEvents } from '../few_events.js';
import { stripMarks, stripWords } from '../flow_strips.js';
import { formatCount } from '../../page/client/shared/format_estimate.js';
import { legend } from '../legend.js';
import { panel } from '../panel.js';
import { placeAxis } from '../place_axis.js';
import { sheet, type Figure } from '../sheet.js';

const frame = { left: 92, width: 632, grid: true };

/** Range of a panel of counts, logarithmic if they span more than a factor of 30. */
function countAxis(bins: readonly ContextBin[]) {
  const filled = bins.map(({ row }) => row.n).filter((n) => n > 0);
  const [least, most] = [Math.min(...filled), Math.max(...filled)];
  const log = most / least > 30;
  return { title: 'Events / bin', log, domain: log ? ([least / 2, most * 2] as const) : ([0, most * 1.1] as const) };
}

function biasBy(report: Report, variable: string, rows: readonly ContextRow[]): Figure[] {
  const place = contextBins(rows, frame.width);
  if (!place) return [];
  const { axis, bins, under, over } = place;
  const known = report.context.find((one) => one.variable === variable);
  const { title: name, unit } = known ?? { title: variable, unit: null };
  const x = placeAxis(place, axisTitle({ title: name, unit }), frame.width);
  const bare = { ...x, bare: true };
  const strips = stripMarks([under, over]);
  // One event has no error: it is counted, and not drawn as a mean.
  const measured = bins.filter(({ row }) => row.n >= 2);
  const biasRange = reach(measured, [(row) => row.bias, (row) => row.median], 0);
  const widthRange = [0, reach(measured, [(row) => row.sigma68], 0)[1]] as const;
  const counts = countAxis(bins);
  const bars = { x1: 'low', x2: 'high', y1: counts.domain[0], y2: ({ row }: ContextBin) => row.n };
  const top = panel({
    ...frame,
    top: 64,
    height: 206,
    x: bare,
    y: { title: 'bias of δ', domain: biasRange },
    marks: [
      ...strips,
      Plot.ruleY([0], { strokeOpacity: 0.6 }),
      ...binPoints(measured, (row) => row.bias, biasRange, { name: 'mean' }),
      ...binPoints(measured, (row) => row.median, biasRange, { name: 'median', open: true }),
    ],
  });
  const middle = panel({
    ...frame,
    top: 288,
    height: 146,
    x: bare,
    y: { title: 'σ68 of δ', domain: widthRange },
    marks: [...strips, ...binPoints(measured, (row) => row.sigma68, widthRange, { name: 'sigma68' })],
  });
  const bottom = panel({
    ...frame,
    top: 452,
    height: 88,
    x,
    y: counts,
    marks: [
      ...strips,
      Plot.rect(
        bins.filter(({ row }) => row.n > 0),
        { ...bars, fill: 'currentColor', fillOpacity: 0.3, ariaDescription: 'counts' },
      ),
    ],
  });
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const few = measured.filter(({ row }) => row.n < fewEvents).length;
  const single = bins.filter(({ row }) => row.n === 1).length;
  const title = `Bias and resolution against ${name}`;
  const description =
    `${title}: mean and median of δ (top), σ68 (middle) and number of events (bottom) in bins, with standard errors; horizontal bars are the bins. ` +
    (under || over ? 'Shaded strips: events beyond the axis. ' : 'No event is beyond the axis. ') +
    `Bins with fewer than ${fewEvents} events: ${formatCount(few)}; unless they are the most, they do not set the scale, and a triangle marks a value beyond it. ` +
    `Bins with one event, counted but without a point: ${formatCount(single)}.${axis.remark}`;
  const text = [{ at: 34, width: 160 }];
  const own = { mark: 'dot' as const, colour: colourOf(0) };
  const means = [
    { ...own, cells: ['mean δ'] },
    { mark: 'open' as const, colour: colourOf(2), cells: ['median δ'] },
  ];
  const parts = [
    ...[top, middle, bottom].map(({ svg }) => svg),
    stripWords(middle, 434, under, over, true),
    legend(748, 78, text, null, means),
    legend(748, 302, text, null, [{ ...own, cells: ['σ68 of δ'] }]),
  ];
  return [sheet(report, { name: `bias_by_${variable}`, title, description, n, height: 614, parts })];
}

/** Bias, σ68 and number of events against each variable of `byContext`. */
export function bias(report: Report): Figure[] {
  const rows = report.byContext ?? [];
  const variables = [...new Set(rows.map(({ variable }) => variable))];
  return variables.flatMap((variable) => {
    const own = rows.filter((row) => row.variable === variable);
    return biasBy(report, variable, own);
  });
}
