import type { Markish } from '@observablehq/plot';
import type { Figure, View } from '../../view.js';
import type { Canvas } from './canvas.js';
import { pointMarks } from './error_bars.js';
import { happeningEntries, happeningMarks } from './happening_marks.js';
import { happeningRows, happenings, happeningWords } from './happenings.js';
import { legend, type LegendEntry } from './legend.js';
import type { Domain } from './panel.js';
import { windowWords } from './selection.js';
import { sheet } from './sheet.js';
import { stack, type Storey } from './stack.js';
import { measure, type TimePanel } from './time_series.js';
import { windowAxis } from './window_axis.js';

/** Windows that are drawn: the last ones. */
const MOST = 300;

export interface TimeFigure {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly TimePanel[];
  /** All panels have one scale, as those of one quantity should. */
  readonly shared?: boolean;
}

/**
 * Quantities over the closed windows, panels above each other: one point a window with its error, the selected windows
 * shaded, alerts that fired (full triangle) and ended (hollow), corrections accepted (dashed), refused (cross) and rolled
 * back (square), other models (diamond), what was done on purpose (dotted). Values whose error is five times the median one do not stretch the axis. Null without a window.
 */
export function timeFigure(
  view: View,
  canvas: Canvas,
  { id, title, panels, shared = false }: TimeFigure,
): Figure | null {
  const reports = view.windows.slice(-MOST).map(({ report }) => report);
  const measured = panels.flatMap((panel) => measure(reports, panel) ?? []);
  if (measured.length === 0) return null;
  const { plot } = canvas;
  const events = happenings(view, reports);
  const domain = [reports[0]!.index - 0.7, reports.at(-1)!.index + 0.7] as const;
  const [first, last] = [view.selected[0] - 0.5, view.selected[1] + 0.5];
  const shade = first < domain[1] && last > domain[0] ? [[Math.max(domain[0], first), Math.min(domain[1], last)]] : [];
  const whole: Domain = [
    Math.min(...measured.map(({ range }) => range[0])),
    Math.max(...measured.map(({ range }) => range[1])),
  ];
  const storeys = measured.map(({ panel: { y, scale, line, tolerance }, series, range: own }, storey): Storey => {
    const range = shared ? whole : own;
    const limits = tolerance === undefined ? [] : [-tolerance * scale, tolerance * scale];
    const base = line === undefined ? [] : [line * scale];
    const marks: Markish[] = [
      plot.rectX(shade, {
        ...{ x1: '0', x2: '1', fill: '#5790fc', fillOpacity: 0.16, ariaDescription: 'selected windows' },
      }),
      ...happeningMarks(view, canvas, events, storey === 0 ? range : null),
      plot.ruleY(base, { strokeOpacity: 0.6 }),
      plot.ruleY(limits, { strokeOpacity: 0.6, strokeDasharray: '5 4' }),
      ...series.flatMap(({ name, colour, open, points }) => [
        plot.line(
          points.map(({ x, y: value }) => ({ x, y: value >= range[0] && value <= range[1] ? value : NaN })),
          { x: 'x', y: 'y', stroke: colour, strokeOpacity: 0.45, ariaDescription: `line of ${name}` },
        ),
        ...pointMarks(canvas, points, range, { name, colour, open: open === true, r: reports.length > 80 ? 1.6 : 2.6 }),
      ]),
    ];
    return { height: panels.length > 2 ? 110 : 150, y: { title: y, domain: range }, marks };
  });
  const named = [...new Map(panels.flatMap(({ series }) => series).map((one) => [one.name, one])).values()];
  const entries: LegendEntry[] = [
    ...named.map(({ name, colour, open }): LegendEntry => ({
      mark: open === true ? 'open' : 'dot',
      colour,
      words: name,
    })),
    ...happeningEntries(view, events),
  ];
  const head = legend(canvas, 8, 6, view.width - 16, entries);
  const drawn = stack(
    canvas,
    { left: 0, top: head.height + 8, width: view.width },
    (pixels) => windowAxis(reports, domain, pixels),
    storeys,
  );
  const words = windowWords(reports);
  return sheet(canvas, view, {
    ...{ id, title, windows: words, height: drawn.bottom },
    rows: [...measured.flatMap(({ rows }) => rows), ...happeningRows(events, reports)],
    summary: `${title}, ${words}: ${happeningWords(events)}.`,
    parts: [head.node, ...drawn.panels.map(({ node }) => node)],
  });
}
