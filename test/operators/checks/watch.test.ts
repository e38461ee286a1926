import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRunLength } from '../../../operators/checks/run_length.js';
import {
  alarmsIn,
  checksOf,
  findingsOf,
  openWatch,
  shareFinding,
  thresholdsOf,
  watchWindow,
  type WatchConfig,
  type WatchedWindow,
  type WatchState,
} from '../../../operators/checks/watch.js';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { near } from '../statistics/reference.js';

const watched = [0, 1].flatMap((regime) =>
  ['bias', 'sigma68'].map((quantity) => ({ regime, quantity, subject: `${regime} ${quantity}`, tolerance: 0.001 })),
);
const CONFIG: WatchConfig = { watched, runLength: 500, k: 1, learn: 8, warning: 0.7, raise: 1, clear: 3, least: 100 };
const ERROR = 0.0005;

const bits = new Uint32Array(4);
function gauss(seed: number, window: number, track: number): number {
  philox(window, track, 0, 0, seed, 7, bits);
  return normal(uniform(bits[0]!, bits[1]!));
}

interface Changes {
  /** In errors of a window, by track. */
  readonly shift?: (window: number, track: number) => number;
  readonly n?: (window: number, regime: number) => number;
}

function windowsOf(seed: number, count: number, { shift = () => 0, n = () => 1000 }: Changes = {}): WatchedWindow[] {
  return Array.from({ length: count }, (_, window) => ({
    window,
    values: watched.map(({ regime }, track) => ({
      value: 0.01 * track + ERROR * (gauss(seed, window, track) + shift(window, track)),
      error: ERROR,
      n: n(window, regime),
    })),
    shares: { w: [n(window, 0), n(window, 1)], w2: null },
  }));
}

/** The states after each window. */
function statesOf(windows: readonly WatchedWindow[], config = CONFIG): WatchState[] {
  let state = openWatch(config);
  return windows.map((window) => (state = watchWindow(state, window)));
}

describe('all checks of a stream', () => {
  it('are two of each quantity and the shares, and together have the wanted run length', () => {
    expect(checksOf(CONFIG)).toBe(9);
    const { h, lambda } = thresholdsOf(CONFIG);
    expect(lambda).toBe(h);
    near(averageRunLength(1, h), 9 * 500, 1e-6);
    expect(alarmsIn(openWatch({ ...CONFIG, watched: [] }))).toEqual([]);
  });

  it('give the same whether a state is kept, copied or stored at any window, and leave it as it was', () => {
    const windows = windowsOf(3, 30, { shift: (window, track) => (window >= 15 && track === 1 ? 5 : 0) });
    const whole = statesOf(windows);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 28 }), fc.boolean(), (at, stored) => {
        const before = whole[at]!;
        const copy = stored ? (decodeState(encodeState(before)) as WatchState) : structuredClone(before);
        const kept = structuredClone(before);
        let state = copy;
        for (const window of windows.slice(at + 1)) state = watchWindow(state, window);
        expect(state).toEqual(whole.at(-1));
        expect(copy).toEqual(kept);
      }),
      { numRuns: 25 },
    );
  });

  it('raise no alarm over 100 windows of a stable stream', () => {
    for (const seed of [1, 2, 3]) {
      const states = statesOf(windowsOf(seed, 100));
      expect(states.filter((state) => alarmsIn(state).length > 0)).toEqual([]);
      expect(states.at(-1)!.tracks.map(({ verdict }) => verdict.level)).toEqual(['good', 'good', 'good', 'good']);
    }
  });

  it('find a shift of five errors within two windows, in its own track, and say since when', () => {
    for (const [seed, sign] of [
      [1, 1],
      [2, -1],
      [3, 1],
      [4, -1],
    ] as const) {
      const windows = windowsOf(seed, 22, { shift: (window, track) => (window >= 20 && track === 2 ? 5 * sign : 0) });
      const last = statesOf(windows).at(-1)!;
      expect(new Set(alarmsIn(last))).toEqual(new Set(['cusum bias', 'page_hinkley bias']));
      const { cusum } = findingsOf(last.tracks[2]!);
      // The excursion may have begun with a fluctuation just before.
      expect([18, 19, 20]).toContain(cusum.since);
      expect(sign * cusum.shift!).toBeGreaterThan(2.5);
      const { verdict, reason } = last.tracks[2]!.verdict;
      expect(verdict).toBe('bad');
      expect(reason).toMatch(
        /^1 bias −?0\.00\d+ ± 0\.0\d+ is .* sigma beyond the tolerance 0\.001 since window (18|19|20)/,
      );
      expect(last.tracks.map((track) => track.verdict.verdict === 'bad')).toEqual([false, false, true, false]);
    }
  });

  it('call a shift within the tolerance medium', () => {
    const loose = { ...CONFIG, watched: watched.map((each) => ({ ...each, tolerance: 0.01 })) };
    const windows = windowsOf(1, 24, { shift: (window, track) => (window >= 20 && track === 0 ? 5 : 0) });
    const { verdict, reason } = statesOf(windows, loose).at(-1)!.tracks[0]!.verdict;
    expect(verdict).toBe('medium');
    expect(reason).toContain('has changed significantly since window 20, within the tolerance 0.01');
  });

  it('are quiet and good again after the quantity has come back', () => {
    const shift = (window: number, track: number): number => (window >= 20 && window < 30 && track === 0 ? 6 : 0);
    const states = statesOf(windowsOf(5, 60, { shift }));
    expect(alarmsIn(states[29]!)).toContain('cusum bias');
    const cleared = states.findIndex((state, window) => window >= 30 && alarmsIn(state).length === 0);
    expect(cleared).toBeGreaterThanOrEqual(30);
    expect(cleared).toBeLessThan(45);
    expect(states[cleared]!.tracks[0]!.verdict.verdict).not.toBe('good');
    expect(states.at(-1)!.tracks[0]!.verdict.verdict).toBe('good');
  });

  it('learn nothing from windows in alarm, so that a lasting shift stays an alarm', () => {
    const states = statesOf(windowsOf(6, 80, { shift: (window, track) => (window >= 20 && track === 0 ? 5 : 0) }));
    expect(alarmsIn(states.at(-1)!)).toContain('cusum bias');
    expect(Math.abs(states.at(-1)!.tracks[0]!.scores.mean)).toBeLessThan(ERROR);
  });

  it('have no verdict of a window with few events, and go on after it', () => {
    const n = (window: number, regime: number): number => (regime === 1 && window >= 20 && window < 25 ? 99 : 1000);
    const states = statesOf(windowsOf(7, 40, { n }));
    const { verdict, reason } = states[22]!.tracks[2]!.verdict;
    expect([verdict, reason]).toEqual(['null', '1 bias: 99 events, 100 are needed']);
    expect(states[22]!.tracks[2]!.scores.n).toBe(states[19]!.tracks[2]!.scores.n);
    expect(states[22]!.tracks[0]!.verdict.verdict).toBe('good');
    expect(states.at(-1)!.tracks[2]!.verdict.verdict).toBe('good');
  });

  it('alarm of the shares alone when only the mix changes', () => {
    const n = (window: number, regime: number): number => (window < 20 ? 1000 : regime === 0 ? 700 : 1300);
    const last = statesOf(windowsOf(8, 21, { n })).at(-1)!;
    expect(alarmsIn(last)).toEqual(['share_drift share']);
    expect(shareFinding(last)).toMatchObject({ since: 20 });
  });

  it('compare shares with those of the learned windows, once there are events', () => {
    const n = (window: number): number => (window < 10 ? 0 : 500);
    const states = statesOf(windowsOf(9, 20, { n }));
    expect(states[9]!.shares).toBeNull();
    expect(states[10]!.shares?.reference.w).toEqual([500, 500]);
  });

  it('score a width by its logarithm, and quote its change on its own scale', () => {
    const widths = { ...CONFIG, watched: watched.map((each) => ({ ...each, logarithmic: true })) };
    const scaled = (by: number): WatchedWindow[] =>
      windowsOf(1, 22, { shift: (window) => (window >= 20 ? 5 : 0) }).map((each) => ({
        ...each,
        values: each.values.map(({ value, error, n }) => ({ value: by * (0.02 + value!), error: by * error!, n })),
      }));
    const [one, ten] = [1, 10].map((by) => statesOf(scaled(by), widths).at(-1)!.tracks[0]!);
    near(findingsOf(ten!).cusum.statistic, findingsOf(one!).cusum.statistic, 1e-9);
    near(ten!.change.value!, 10 * one!.change.value!, 1e-9);
    expect(Math.abs(one!.change.value! - 5 * ERROR)).toBeLessThan(4 * ERROR);
    const zero = scaled(1).map((each) => ({ ...each, values: each.values.map((v) => ({ ...v, value: 0 })) }));
    expect(statesOf(zero, widths).at(-1)!.tracks[0]!.scores.n).toBe(0);
  });
});
