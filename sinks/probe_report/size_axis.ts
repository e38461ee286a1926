import type { PanelAxis } from '../page/client/shared/panel_axis.js';

export interface SizeAxis {
  readonly axis: PanelAxis;
  /** Where the k-th of `count` series stands at a size: a little apart, so that error bars do not cover each other. */
  readonly at: (size: number, k: number, count: number) => number;
}

/** An axis for sizes s: from 0, or logarithmic if they span more than a factor of 30. */
export function sizeAxis(sizes: readonly number[]): SizeAxis {
  const high = sizes.reduce((a, b) => Math.max(a, b), 0) || 1;
  const low = sizes.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), high);
  const title = 'size s [uncertainties]';
  const apart = (k: number, count: number) => (k - (count - 1) / 2) * Math.min(0.008, 0.036 / count);
  if (high / low > 30) {
    return {
      axis: { title, domain: [low / 1.4, high * 1.4], log: true },
      at: (size, k, count) => size * (high / low) ** apart(k, count),
    };
  }
  return {
    axis: { title, domain: [0, 1.08 * high] },
    at: (size, k, count) => size + high * apart(k, count),
  };
}
