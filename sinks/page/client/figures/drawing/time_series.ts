import type { WindowReport } from '../../../../../schemas/window_report.js';
import { formatEstimate } from '../../shared/format_estimate.js';
import { valueRange } from '../../shared/value_range.js';
import type { FigureRow } from '../../view.js';
import type { Point } from './error_bars.js';
import type { Domain } from './panel.js';

interface Value {
  readonly value: number | null;
  readonly error: number | null;
}

export interface TimeSeries {
  readonly name: string;
  readonly colour: string;
  readonly open?: boolean;
  readonly pick: (report: WindowReport) => Value | undefined;
}

export interface TimePanel {
  readonly y: string;
  readonly scale: number;
  readonly series: readonly TimeSeries[];
  readonly line?: number;
  readonly tolerance?: number;
}

/** A panel with the points of its series, x being the index of the window. */
export interface MeasuredPanel {
  readonly panel: TimePanel;
  readonly series: readonly (TimeSeries & { readonly points: readonly Point[] })[];
  readonly rows: readonly FigureRow[];
  readonly range: Domain;
}

/** Values whose error is so many times the median one do not stretch the axis. */
const POOR = 5;

function rangeOf(points: readonly Point[], { scale, line, tolerance }: TimePanel): Domain {
  const errors = points.map(({ y, low }) => y - low).sort((a, b) => a - b);
  const median = errors[errors.length >> 1] ?? 0;
  const sure = points.filter(({ y, low }) => y - low <= POOR * median);
  const limits = tolerance === undefined ? [] : [-tolerance * scale, tolerance * scale];
  const base = line === undefined ? [] : [line * scale];
  return valueRange([...sure.flatMap(({ low, high }) => [low, high]), ...limits, ...base]);
}

/** The points, the rows of the table and the range of a panel; null: no window has any of it. */
export function measure(reports: readonly WindowReport[], panel: TimePanel): MeasuredPanel | null {
  const rows: FigureRow[] = [];
  const series = panel.series.map((one) => ({
    ...one,
    points: reports.flatMap((report): Point[] => {
      const found = one.pick(report);
      if (!found || found.value === null) return [];
      const value = found.value * panel.scale;
      const error = found.error === null ? null : found.error * panel.scale;
      const from = { window: report.window, quantity: panel.y, series: one.name };
      rows.push({ ...from, value, error, events: report.events });
      const words = `window ${report.window}, ${one.name}: ${formatEstimate(value, error)}`;
      return [{ x: report.index, y: value, low: value - (error ?? 0), high: value + (error ?? 0), words }];
    }),
  }));
  const points = series.flatMap((one) => one.points);
  return points.length === 0 ? null : { panel, series, rows, range: rangeOf(points, panel) };
}
