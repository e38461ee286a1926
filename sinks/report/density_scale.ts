import type { PanelAxis } from '../page/client/shared/panel_axis.js';

export interface DensityScale {
  /** Place of a count above 0 between one event (0) and the fullest cell (1), in steps of 1/24. */
  readonly level: (count: number) => number;
  readonly axis: PanelAxis;
}

/** The logarithmic colour scale of a plane of counts: from one event to the fullest cell, at least to ten. */
export function densityScale(n: readonly number[]): DensityScale {
  const most = n.reduce((a, b) => Math.max(a, b), 10);
  return {
    level: (count) => Math.round((24 * Math.log10(count)) / Math.log10(most)) / 24,
    axis: { title: 'Events / cell', domain: [1, most], log: true },
  };
}
