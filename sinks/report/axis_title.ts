import type { HistogramData } from '../../schemas/report.js';
import { formatPlain } from '../page/client/shared/format_estimate.js';

type Axis = Pick<HistogramData['axis'], 'title' | 'unit' | 'edges'>;

/** 'H_T [GeV]', or '|Δη|' for what has no unit. */
export const axisTitle = ({ title, unit }: Omit<Axis, 'edges'>): string =>
  unit === null ? title : `${title} [${unit}]`;

/** The width that all bins share, to a millionth of it; null if they differ. */
export function binWidth(edges: readonly number[]): number | null {
  const width = (edges.at(-1)! - edges[0]!) / (edges.length - 1);
  return edges.slice(1).every((edge, i) => Math.abs(edge - edges[i]! - width) <= 1e-6 * width) ? width : null;
}

/** 'Events / 0.5 GeV'; bins of unequal width: 'Events / bin'. `what` is 'Sum of weights' for weighted events. */
export function binTitle(what: string, { edges, unit }: Omit<Axis, 'title'>): string {
  const width = binWidth(edges);
  return `${what} / ${width === null ? 'bin' : [formatPlain(width), unit ?? ''].join(' ').trim()}`;
}

/** What the bins hold. */
export const filledWith = (weight: string | null): string => (weight === null ? 'Events' : 'Sum of weights');
