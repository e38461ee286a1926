import type { Markish } from '@observablehq/plot';
import type { WindowReport } from '../../../../../schemas/window_report.js';
import { formatPlain } from '../../shared/format_estimate.js';
import { endsOf, valueRange } from '../../shared/value_range.js';
import type { Figure, FigureRow, View } from '../../view.js';
import type { Canvas } from './canvas.js';
import { scaled, seriesMarks, type ContextSeries } from './context_series.js';
import { ZONE } from './inks.js';
import { bandOpacity, legend, note, type LegendEntry } from './legend.js';
import { axisOf } from './profile.js';
import { ofAllRegimes, selectedReports, windowWords } from './selection.js';
import { sheet } from './sheet.js';
import { stack } from './stack.js';

export interface ContextFigure {
  readonly id: string;
  readonly title: string;
  /** Of the vertical axis, with its unit. */
  readonly y: string;
  /** What a value is multiplied with: 100 for per cent. */
  readonly scale: number;
  readonly series: (variable: string) => readonly ContextSeries[];
  /** Level of no effect, and what is a trifle around it. */
  readonly line?: number;
  readonly tolerance?: number;
  /** What is to be known of the numbers, beside what `ofAllRegimes` says. */
  readonly notes?: readonly string[];
  readonly zone?: (variable: string) => NonNullable<WindowReport['zones']>[number] | undefined;
}

/** Bins with fewer events do not stretch the axis. */
const FEW = 20;
/** A quantity against each context variable: a panel a variable, points with errors, tolerance, reference, danger zone. */
export function contextFigure(view: View, canvas: Canvas, of: ContextFigure): Figure | null {
  const reports = selectedReports(view);
  const { plot } = canvas;
  const by = of.scale;
  const rows: FigureRow[] = [];
  const parts: Element[] = [];
  const said: string[] = [];
  const notes = [...(of.notes ?? []), ofAllRegimes(view)].filter((words) => words !== null);
  let top = 0;
  for (const { name, title, unit } of view.description.context) {
    const series = of.series(name).filter(({ bins }) => bins.some(({ value }) => value !== null));
    const axis = axisOf(series.flatMap(({ bins }) => bins));
    if (!axis) continue;
    const zone = of.zone?.(name);
    const sure = series.flatMap(({ bins }) =>
      bins.filter(({ n }) => n >= FEW).flatMap((bin) => endsOf(scaled(bin, by))),
    );
    const limits = of.tolerance === undefined ? [] : [-of.tolerance * by, of.tolerance * by];
    const domain = valueRange([...sure, ...limits, ...(of.line === undefined ? [] : [of.line * by])]);
    const entries = series.map(({ name: words, colour, open, reference }): LegendEntry => ({
      ...{ mark: reference === true ? 'band' : open === true ? 'open' : 'dot', colour, words },
    }));
    if (limits.length > 0)
      entries.push({ mark: 'line', dash: '5 4', colour: 'currentColor', words: `± ${formatPlain(limits[1]!)}` });
    const after = unit === null ? '' : ` ${unit}`;
    if (zone) {
      const words = `onset ${formatPlain(zone.onset, 3)} [${formatPlain(zone.low, 3)}, ${formatPlain(zone.high, 3)}]${after} (95 %)`;
      entries.push({ mark: 'band', colour: ZONE, words });
    }
    if (top === 0) entries.push(...notes.map(note));
    const head = legend(canvas, 8, top + 6, view.width - 16, entries);
    const marks: Markish[] = [
      plot.rectX(axis.strips, {
        ...{ x1: 'x1', x2: 'x2', fill: 'currentColor', fillOpacity: 0.07, ariaDescription: 'flow bins' },
      }),
      ...(zone
        ? [
            plot.rectX([zone], {
              ...{ x1: 'low', x2: 'high', fill: ZONE, fillOpacity: bandOpacity(ZONE), ariaDescription: 'onset' },
            }),
            plot.ruleX([zone.onset], { stroke: ZONE, strokeWidth: 2 }),
          ]
        : []),
      ...(of.line === undefined ? [] : [plot.ruleY([of.line * by], { strokeOpacity: 0.6 })]),
      ...(limits.length === 0 ? [] : [plot.ruleY(limits, { strokeOpacity: 0.6, strokeDasharray: '5 4' })]),
    ];
    for (const one of series) {
      marks.push(...seriesMarks(canvas, one, by, domain, axis.span, unit));
      for (const bin of one.bins) {
        const { value, error } = scaled(bin, by);
        const from = { variable: name, [`from${after}`]: bin.low, [`to${after}`]: bin.high, series: one.name };
        rows.push({ ...from, [of.y]: value, error, events: bin.n });
      }
    }
    const drawn = stack(
      canvas,
      { left: 0, top: top + head.height + 8, width: view.width },
      () => ({ title: unit === null ? title : `${title} [${unit}]`, domain: axis.domain }),
      [{ height: view.width < 500 ? 170 : 200, y: { title: of.y, domain }, marks }],
    );
    parts.push(head.node, ...drawn.panels.map(({ node }) => node));
    top = drawn.bottom;
    said.push(
      zone
        ? `${title}: it changes from ${formatPlain(zone.onset, 3)}${after} on, ${formatPlain(zone.significance, 2)} σ`
        : `${title}: no onset found`,
    );
  }
  if (parts.length === 0) return null;
  const words = windowWords(reports);
  const { id, title } = of;
  const found = [...(of.zone ? said : []), ...notes];
  return sheet(canvas, view, {
    id,
    title,
    windows: words,
    height: top,
    rows,
    parts,
    summary: `${title}, ${words}.${found.length === 0 ? '' : ` ${found.join('; ')}.`}`,
  });
}
