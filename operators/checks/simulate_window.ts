import { Problem } from '../problem.js';
import { mean } from '../response/mean.js';
import { widths } from '../response/widths.js';
import { histogram } from '../summaries/histogram.js';
import { moments } from '../summaries/moments.js';
import { zoomFor } from '../summaries/quantile.js';
import { zoom } from '../summaries/zoom.js';
import { draw, drawRegimes, type Shape } from './shapes.js';
import type { Measured } from './standardise.js';
import type { Watched, WatchedWindow } from './watch.js';

export interface Simulation {
  readonly shape: Shape;
  /** Events in a window, of all regimes together; each regime is as likely as any other. */
  readonly events: number;
  readonly regimes: number;
  readonly seed: number;
}

/** Bounds of the core of δ and of the pull, and the scale of the pull, in units of the shape's core. */
export interface ShapeFacts {
  readonly core: readonly [low: number, high: number];
  readonly pull: readonly [low: number, high: number];
  readonly sigma: number;
}

/** Bins of δ: eight to the width of the core, as a response of 2 % has in 800 bins from −1 to 1; tails are beyond. */
const BINS = [200, -12.5, 12.5] as const;
const SAMPLE = 100_000;
/** As a replay has them: the core ends 2.5 σ68 from the median, the pull is winsorised at 3 of its widths. */
const REACH = { core: 2.5, pull: 3 };
const NO_ZOOM = zoomFor(histogram.create({ bins: BINS, groups: 1, weighted: false }), [], 1);

/** What a replay takes from the whole sample, from a large sample of the shape: a pure function of shape and seed. */
export function shapeFacts({ shape, seed }: Pick<Simulation, 'shape' | 'seed'>): ShapeFacts {
  const x = Float64Array.from({ length: SAMPLE }, (_, i) => draw(shape, i, 0, 2 ** 32 - 1, seed));
  const sorted = x.toSorted();
  const at = (p: number): number => sorted[Math.floor(p * SAMPLE)]!;
  const [median, sigma68] = [at(0.5), (at(0.8413) - at(0.1587)) / 2];
  const centre = x.reduce((sum, each) => sum + each, 0) / SAMPLE;
  const sigma = Math.sqrt(x.reduce((sum, each) => sum + (each - centre) ** 2, 0) / SAMPLE);
  const about = (middle: number, reach: number): [number, number] => [middle - reach, middle + reach];
  return { core: about(median, REACH.core * sigma68), pull: about(centre, REACH.pull * sigma), sigma };
}

/**
 * A window without drift as a replay would measure it: δ of its events, their core, widths and pulls by regime. All
 * quantities of a regime are of the same events. `stream` numbers the runs; every draw is a hash of (seed, stream,
 * window, event).
 */
export function simulateWindow(
  { shape, events, regimes, seed }: Simulation,
  { core, pull, sigma }: ShapeFacts,
  watched: readonly Watched[],
  stream: number,
  window: number,
): WatchedWindow {
  const group = new Uint16Array(events);
  drawRegimes(regimes, window, stream, seed, group);
  const delta = Float64Array.from(group, (_, i) => draw(shape, i, window, stream, seed));
  const clipped = ([low, high]: readonly [number, number], scale: number): Float64Array =>
    delta.map((x) => Math.min(high, Math.max(low, x)) / scale);
  const sums = (x: Float64Array) => {
    const state = moments.create({ groups: regimes, weighted: false, wide: false });
    moments.fill(state, { length: events, columns: [x], group, weight: null });
    moments.settle(state);
    return state;
  };
  const hist = histogram.create({ bins: BINS, groups: regimes, weighted: false });
  histogram.fill(hist, { length: events, columns: [delta], group, weight: null });
  const [bias, pulls] = [sums(clipped(core, 1)), sums(clipped(pull, sigma))];
  const none = zoom.create({ ...NO_ZOOM, groups: regimes, zoomed: new Int32Array(hist.n.length).fill(-1) });
  const n = Array.from(bias.n);
  return {
    window,
    values: watched.map(({ regime, quantity }): Measured => {
      const found = {
        bias: () => mean(bias, regime),
        sigma68: () => widths(hist, none, regime, n[regime]!).sigma68,
        pull: () => mean(pulls, regime),
      };
      if (!(quantity in found))
        throw new Problem(
          1,
          `Run length: quantity ${quantity} is not simulated; there are ${Object.keys(found).join(', ')}`,
        );
      const { value, error } = found[quantity as keyof typeof found]();
      return { value, error, n: n[regime]! };
    }),
    shares: { w: n, w2: null },
  };
}
