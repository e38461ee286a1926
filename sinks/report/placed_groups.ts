import type { Report } from '../../schemas/report.js';
import { axisTitle } from './axis_title.js';
import { contextBins, type BinRow, type Placed } from './context_bins.js';
import { regimeBins } from './regime_bins.js';

export interface PlacedGroup<Row> {
  /** For the name of a file, for a title and for an axis. */
  readonly name: string;
  readonly words: string;
  readonly title: string;
  readonly place: Placed<Row>;
}

/** Rows by bin of each context variable that has events within its axis, and by regime. */
export function placedGroups<Row>(
  report: Report,
  byContext: readonly (Row & BinRow & { readonly variable: string })[],
  regimes: readonly (Row & { readonly regime: number })[],
  pixels: number,
): PlacedGroup<Row>[] {
  const variables = report.context.flatMap((one): PlacedGroup<Row>[] => {
    const own = byContext.filter(({ variable }) => variable === one.variable);
    const place = contextBins(own, pixels);
    return place ? [{ name: one.variable, words: one.title, title: axisTitle(one), place }] : [];
  });
  if (regimes.length === 0) return variables;
  return [...variables, { name: 'regime', words: 'the regime', title: 'regime', place: regimeBins(regimes) }];
}
