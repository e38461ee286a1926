import { slotsOf, type HistogramConfig, type HistogramState } from '../../summaries/histogram.js';
import type { Fill } from './fill.js';
import { slot } from './slot.js';
import { takeTally, tallyParts } from './tally.js';

export const histogramFill: Fill<HistogramConfig, HistogramState> = {
  lay(p, { bins, groups }, { columns, group, weight }) {
    const rows = groups * slotsOf(bins);
    p.effects.push({ kind: 'add', rows, slot: slot(p, columns[0]!, bins, group), parts: tallyParts(p, weight) });
  },
  take: takeTally,
};
