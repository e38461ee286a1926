import { describe, expect, test } from 'vitest';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { openWatch, watchWindow, type WatchState } from '../../../operators/checks/watch.js';
import { learnReference, referenceOf, type RegimeReference } from '../../../runtime/live/window_reference.js';
import { watchConfig } from '../../../runtime/watch_config.js';
import { basePipeline } from '../../support/stage.js';

const LEARN = 3;
const { pipeline } = basePipeline(`checks={ learn: ${LEARN}, least: 50 }`);
const config = watchConfig(pipeline, ['low', 'high'], false);

interface Window {
  /** Events, and core, σ68 and peak with errors, of each regime. */
  readonly regimes: readonly {
    n: number;
    core: readonly [number, number];
    sigma68: readonly [number, number];
    peak: readonly [number, number] | null;
  }[];
}

const row = (n: number, core: number, sigma68: number, peak: number | null) => ({
  n,
  core: [core, 0.02 / Math.sqrt(n)] as const,
  sigma68: [sigma68, 0.02 / Math.sqrt(n)] as const,
  peak: peak === null ? null : ([peak, 10 / Math.sqrt(n)] as const),
});
const windows: Window[] = [
  { regimes: [row(100, 0.001, 0.02, 91), row(300, -0.01, 0.05, 90)] },
  { regimes: [row(400, 0.004, 0.03, 92), row(60, -0.02, 0.06, null)] },
  { regimes: [row(100, 0.002, 0.02, 93), row(20, -0.09, 0.09, 80)] },
  { regimes: [row(200, 0.009, 0.04, 99), row(240, -0.03, 0.04, 92)] },
  { regimes: [row(200, 0.019, 0.05, 98), row(100, -0.01, 0.04, 89)] },
];

function after(seen: readonly Window[], before?: { watch: WatchState; reference?: RegimeReference[] }, first = 0) {
  let watch = before?.watch ?? openWatch(config);
  let reference = before?.reference;
  seen.forEach(({ regimes }, i) => {
    const values = config.watched.map(({ regime, quantity }) => {
      const { n, core, sigma68 } = regimes[regime]!;
      const [value, error] = quantity === 'bias' ? core : sigma68;
      return { value, error, n };
    });
    const window = first + i;
    watch = watchWindow(watch, { window, values, shares: { w: regimes.map(({ n }) => n), w2: null } });
    const rows = regimes.map(({ n, peak }, regime) => ({
      ...{ regime, n },
      ...(peak ? { peak: { value: peak[0], error: peak[1] } } : { peak: { value: null, error: null } }),
    }));
    reference = learnReference(watch, rows, reference);
  });
  return { watch, reference: reference!, of: (regime: number) => referenceOf(watch, reference![regime]!) };
}

describe('the reference', () => {
  test('is absent until the checks have learned, regime by regime, and stays as it then is', () => {
    const { of } = after(windows.slice(0, 2));
    expect([of(0), of(1)]).toEqual([undefined, undefined]);
    const three = after(windows.slice(0, 3));
    expect(three.of(0)).toBeDefined();
    // Of the second regime the third window has too few events.
    expect(three.of(1)).toBeUndefined();
    const five = after(windows);
    expect(five.of(0)).toEqual(three.of(0));
    expect(five.of(1)).toBeDefined();
  });

  test('is the mean over the events of the learned windows, with its error', () => {
    const { core, sigma68, share, peak } = after(windows).of(0)!;
    // Σ n x / Σ n and √(Σ (n e)²) / Σ n for n = 100, 400, 100.
    expect(core.value).toBeCloseTo((100 * 0.001 + 400 * 0.004 + 100 * 0.002) / 600, 14);
    expect(core.error).toBeCloseTo(0.02 / Math.sqrt(600), 12);
    expect(sigma68.value).toBeCloseTo(Math.exp((200 * Math.log(0.02) + 400 * Math.log(0.03)) / 600), 12);
    const relative = [100 * 0.02, 400 * 0.03, 100 * 0.02].map(
      (x, i) => ([100, 400, 100][i]! ** 2 * 0.02) / Math.sqrt([100, 400, 100][i]!) / x,
    );
    expect(sigma68.error! / sigma68.value!).toBeCloseTo(Math.sqrt(relative.reduce((s, r) => s + r * r, 0)) / 600, 8);
    expect(share).toEqual({ value: 600 / 980, error: Math.sqrt(((600 / 980) * (380 / 980)) / 980) });
    expect(peak!.value).toBeCloseTo((9100 + 36800 + 9300) / 600, 12);
    expect(peak!.error).toBeCloseTo(10 / Math.sqrt(600), 12);
  });

  test('is the same text after its state was stored and read', () => {
    const { watch, reference } = after(windows);
    const stored = decodeState(encodeState(reference)) as RegimeReference[];
    reference.forEach((one, r) => {
      expect(JSON.stringify(referenceOf(watch, stored[r]!))).toBe(JSON.stringify(referenceOf(watch, one)));
    });
  });

  test('has no peak where too few windows have one', () => {
    const four = after(windows.slice(0, 4)).of(1)!;
    expect(four).toBeDefined();
    expect('peak' in four).toBe(false);
    expect(after(windows).of(1)!.peak!.value).toBeCloseTo((300 * 90 + 240 * 92 + 100 * 89) / 640, 12);
  });

  test('of a state from before there were references is what the checks know by then', () => {
    const { watch } = after(windows);
    const next = after([windows[3]!], { watch }, 10);
    const { core, sigma68, share } = next.of(0)!;
    const scores = next.watch.tracks[0]!.scores;
    expect(core).toEqual({ value: scores.mean, error: Math.sqrt(scores.variance / scores.n) });
    expect([sigma68.value! > 0.02, share.value]).toEqual([true, 600 / 980]);
    expect('peak' in next.of(0)!).toBe(false);
    const later = after(
      [3, 4, 3].map((i) => windows[i]!),
      next,
      20,
    );
    expect(later.of(0)!.core).toEqual(core);
    expect(later.of(0)!.peak).toBeDefined();
  });
});
