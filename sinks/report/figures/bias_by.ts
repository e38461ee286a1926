import * as Plot from '@observablehq/plot';
import type { Estimate, Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { binAxis } from '../bin_axis.js';
import { colourOf } from '../colours.js';
import { formatCount } from '../format_estimate.js';
import { legend } from '../legend.js';
import { panel, ticksOf } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';
import { errorBars, stripMarks, type Strip } from '../steps.js';
import { fewEvents } from './heat.js';

type Row = NonNullable<Report['byContext']>[number];
type Bin = Strip & { readonly row: Row };

/** Bins along the axis: flow bins take a strip of one twentieth beside it. Empty bins at the ends are cut. */
function placed(rows: readonly Row[]) {
  const full = rows.map((row) => row.n > 0);
  const kept = rows.slice(full.indexOf(true), full.lastIndexOf(true) + 1);
  const inner = kept.filter((row) => row.low !== null && row.high !== null);
  if (inner.length === 0) return null;
  const axis = binAxis([inner[0]!.low!, ...inner.map((row) => row.high!)]);
  const width = (axis.domain[1] - axis.domain[0]) / 20;
  const strips: Strip[] = [];
  const bins = kept.map((row): Bin => {
    const i = inner.indexOf(row);
    if (i >= 0) return { low: axis.at[i]!, high: axis.at[i + 1]!, row };
    const strip =
      row.low === null
        ? { low: axis.domain[0] - width, high: axis.domain[0] }
        : { low: axis.domain[1], high: axis.domain[1] + width };
    strips.push(strip);
    return { ...strip, row };
  });
  const domain = [bins[0]!.low, bins.at(-1)!.high] as const;
  return { axis, bins, strips, domain };
}

/** Range of what is well measured (at least 20 events, if any bin has), with its errors, and of `base`. */
function reach(
  bins: readonly Bin[],
  picks: readonly ((row: Row) => Estimate)[],
  base: number,
): readonly [number, number] {
  const sure = bins.filter(({ row }) => row.n >= fewEvents);
  const ends = (sure.length > 0 ? sure : bins).flatMap(({ row }) =>
    picks
      .map((pick) => pick(row))
      .flatMap(({ value, error }) => (value === null ? [] : [value - (error ?? 0), value + (error ?? 0)])),
  );
  const [low, high] = [Math.min(base, ...ends), Math.max(base, ...ends)];
  const room = 0.08 * (high - low) || 0.001;
  return [low < base ? low - room : low, high > base ? high + room : high];
}

/** Points with bars: vertical the error, horizontal the bin. Beyond the panel: a triangle at its edge. */
function points(
  bins: readonly Bin[],
  pick: (row: Row) => Estimate,
  domain: readonly [number, number],
  name: string,
  open: boolean,
) {
  const stroke = open ? colourOf(2) : colourOf(0);
  const known = bins.flatMap(({ low, high, row }) => {
    const { value, error } = pick(row);
    if (value === null) return [];
    // The second set stands a little to the right, so that the error bars of both are seen.
    return [{ low, high, x: (low + high) / 2 + (open ? 0.12 * (high - low) : 0), y: value, error: error ?? 0 }];
  });
  const inside = known.filter(({ y }) => y >= domain[0] && y <= domain[1]);
  const beyond = known.filter(({ y }) => y < domain[0] || y > domain[1]);
  return [
    errorBars(known, domain, { stroke, strokeWidth: 1.4, ariaDescription: `errors of ${name}` }),
    open
      ? null
      : Plot.ruleY(inside, {
          x1: 'low',
          x2: 'high',
          y: 'y',
          stroke,
          strokeWidth: 1.4,
          ariaDescription: `bins of ${name}`,
        }),
    Plot.dot(inside, {
      x: 'x',
      y: 'y',
      r: open ? 3.2 : 3,
      stroke,
      fill: open ? 'none' : stroke,
      symbol: open ? 'square' : 'circle',
      ariaDescription: `points of ${name}`,
    }),
    Plot.dot(beyond, {
      x: 'x',
      y: ({ y }: { y: number }) => Math.min(Math.max(y, domain[0]), domain[1]),
      symbol: 'triangle',
      r: 3,
      fill: stroke,
      rotate: ({ y }: { y: number }) => (y < domain[0] ? 180 : 0),
      ariaDescription: `beyond the panel, ${name}`,
    }),
  ];
}

function biasBy(report: Report, variable: string, rows: readonly Row[]): Figure[] {
  const place = placed(rows);
  if (!place) return [];
  const { axis, bins, strips, domain } = place;
  const known = report.context.find((one) => one.variable === variable);
  const x = { title: axisTitle(known ?? { title: variable, unit: null }), domain };
  const frame = { left: 84, width: 640 };
  const ticks = ticksOf({ ...x, domain: axis.domain, ...(axis.ticks ? { ticks: axis.ticks } : {}) }, frame.width, 80);
  const biasRange = reach(bins, [(row) => row.bias, (row) => row.median], 0);
  const widthRange = reach(bins, [(row) => row.sigma68], 0);
  const most = bins.reduce((a, { row }) => Math.max(a, row.n), 1);
  const least = bins.reduce((a, { row }) => (row.n > 0 ? Math.min(a, row.n) : a), most);
  const log = most / least > 30;
  const counts = log ? ([least / 2, most * 2] as const) : ([0, most * 1.1] as const);
  const bare = { ...x, ticks, bare: true };
  const parts = [
    panel({
      ...frame,
      top: 64,
      height: 210,
      grid: true,
      x: bare,
      y: { title: 'bias of δ', domain: biasRange },
      marks: [
        ...stripMarks(strips),
        Plot.ruleY([0], { strokeOpacity: 0.6 }),
        ...points(bins, (row) => row.bias, biasRange, 'mean', false),
        ...points(bins, (row) => row.median, biasRange, 'median', true),
      ],
    }),
    panel({
      ...frame,
      top: 286,
      height: 150,
      grid: true,
      x: bare,
      y: { title: 'σ68 of δ', domain: widthRange },
      marks: [...stripMarks(strips), ...points(bins, (row) => row.sigma68, widthRange, 'sigma68', false)],
    }),
    panel({
      ...frame,
      top: 448,
      height: 90,
      grid: true,
      x: { ...x, ticks },
      y: { title: 'Events / bin', domain: counts, log },
      marks: [
        ...stripMarks(strips),
        Plot.rect(
          bins.filter(({ row }) => row.n > 0),
          {
            x1: 'low',
            x2: 'high',
            y1: counts[0],
            y2: ({ row }: Bin) => row.n,
            fill: 'currentColor',
            fillOpacity: 0.3,
            ariaDescription: 'counts',
          },
        ),
      ],
    }),
  ];
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const few = bins.filter(({ row }) => row.n > 0 && row.n < fewEvents).length;
  const title = `Bias and resolution against ${known?.title ?? variable}`;
  const description =
    `${title}: mean and median of δ (top), σ68 (middle) and number of events (bottom) in bins, with standard errors; horizontal bars are the bins. ` +
    (strips.length > 0 ? 'Shaded strips: events beyond the axis. ' : 'No event is beyond the axis. ') +
    `${formatCount(few)} bins have fewer than ${fewEvents} events and do not set the scale; a triangle marks a value beyond it.${axis.remark}`;
  const entries = [
    { mark: 'dot' as const, colour: colourOf(0), cells: ['mean δ'] },
    { mark: 'open' as const, colour: colourOf(2), cells: ['median δ'] },
  ];
  return [
    sheet(report, {
      name: `bias_by_${variable}`,
      title,
      description,
      n,
      height: 612,
      parts: [
        ...parts.map(({ svg }) => svg),
        legend(748, 78, [34], null, entries),
        legend(748, 300, [34], null, [{ mark: 'dot', colour: colourOf(0), cells: ['σ68 of δ'] }]),
      ],
    }),
  ];
}

/** Bias, σ68 and number of events against each variable of `byContext`. */
export function bias(report: Report): Figure[] {
  const rows = report.byContext ?? [];
  const variables = [...new Set(rows.map(({ variable }) => variable))];
  return variables.flatMap((variable) =>
    biasBy(
      report,
      variable,
      rows.filter((row) => row.variable === variable),
    ),
  );
}
