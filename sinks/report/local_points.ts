import type { LocalityReport, Report, ZoneReport } from '../../schemas/report.js';
import type { BinRow } from './context_bins.js';
import type { Point } from './error_bars.js';
import type { VariableScale } from './variable_scale.js';

export const modelsOf = ({ locality }: Report): LocalityReport[] =>
  locality ? [locality, ...locality.alternatives] : [];

/** The ends of a bin on a scale, cut where the scale ends, and its middle there; null if it lies beyond. */
export function binOn({ low, high }: BinRow, { domain, log }: VariableScale) {
  const [from, to] = [Math.max(low ?? domain[0], domain[0]), Math.min(high ?? domain[1], domain[1])];
  return from < to ? { from, to, x: log ? Math.sqrt(from * to) : (from + to) / 2 } : null;
}

/** Mean pulls in the bins of a variable, against each model but the one that the danger zone has in finer bins. */
export const pullsOfModels = (report: Report, { variable, pullModel }: ZoneReport, scale: VariableScale) =>
  modelsOf(report)
    .filter(({ model }) => model !== pullModel)
    .map(({ model, byContext }) => ({
      model,
      points: byContext.flatMap((row): Point[] => {
        const place = row.variable === variable ? binOn(row, scale) : null;
        const { value, error } = row.pullMean;
        return place && value !== null ? [{ x: place.x, y: value, error: error ?? 0 }] : [];
      }),
    }));

/**
 * R.m.s. widths of δ − E[δ|local] in the bins of a variable, and what the learned model expects there as the corners of
 * steps. A width has the relative error of its pull width. Null without a learned model.
 */
export function localWidths(report: Report, variable: string, scale: VariableScale) {
  const learned = modelsOf(report).find(({ model }) => model === 'learned');
  if (!learned) return null;
  const rows = learned.byContext.flatMap((row) => {
    const place = row.variable === variable ? binOn(row, scale) : null;
    const { value, error } = row.pullWidth;
    if (!place || row.width === null || row.expectedWidth === null || value === null) return [];
    return [{ ...place, width: row.width, expected: row.expectedWidth, error: (row.width * (error ?? 0)) / value }];
  });
  return {
    points: rows.map(({ x, width, error }): Point => ({ x, y: width, error })),
    expected: rows.flatMap(({ from, to, expected }) => [
      { x: from, y: expected },
      { x: to, y: expected },
    ]),
  };
}
