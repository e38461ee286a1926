import { describe, expect, it } from 'vitest';
import { gainInWords, judge } from '../../../operators/correction/accept.js';

const at = (sigma: number) => ({ n: 100, value: sigma / 1e6, error: 1e-6 });
const rule = { level: 0.025, trials: 1, harmLevel: 0.05 };

describe('a correction', () => {
  it('is accepted from the normal quantile of its level on', () => {
    // scipy.stats.norm.ppf: 0.975, and 1 − 0.025 / 10.
    expect(judge({ all: at(1.97), regimes: [at(1)] }, rule)).toMatchObject({
      accepted: true,
      wanted: expect.closeTo(1.959963984540054, 14) as number,
    });
    expect(judge({ all: at(1.95), regimes: [at(1)] }, rule).accepted).toBe(false);
    const tried = { ...rule, trials: 10 };
    expect(judge({ all: at(2.79), regimes: [] }, tried).wanted).toBeCloseTo(2.8070337683438042, 13);
    expect(judge({ all: at(2.79), regimes: [] }, tried).accepted).toBe(false);
  });

  it('is refused where a regime loses beyond its error, by Holm', () => {
    // One-sided p: 0.0107, 0.0228, 0.0668 and 0.5 of four regimes; Holm wants 0.0125, 0.0167, ...
    const regimes = [at(-1.5), at(-2.3), at(0), at(-2)];
    const judged = judge({ all: at(9), regimes }, rule);
    expect(judged).toMatchObject({ accepted: false, harmed: [1] });
    expect(judged.worstRegime).toEqual({
      regime: 1,
      gain: -2.3e-6,
      error: 1e-6,
      sigma: expect.closeTo(-2.3, 12) as number,
    });
    expect(judged.reason).toBe(
      'mean squared bias lessened by 9.00 ± 1.00 · 10⁻⁶ on validation (9.0 sigma, 2.0 wanted), but regime 1 made worse by 2.3 sigma',
    );
    // Once the first is out, the second is held against 0.05 / 3.
    expect(judge({ all: at(9), regimes: [at(-4), at(-2.2), at(0), at(0)] }, rule).harmed).toEqual([0, 1]);
    expect(judge({ all: at(9), regimes: [at(-4), at(-2.1), at(0), at(0)] }, rule).harmed).toEqual([0]);
    expect(judge({ all: at(9), regimes: [at(-3), at(-3)] }, rule).harmed).toEqual([0, 1]);
  });

  it('is told in words', () => {
    expect(gainInWords({ n: 5, value: 0.8e-6, error: 0.9e-6 })).toBe(
      'mean squared bias lessened by 8.00 ± 9.00 · 10⁻⁷',
    );
    expect(gainInWords({ n: 5, value: -1.2e-12, error: 0.34e-12 })).toBe(
      'mean squared bias lessened by -1.20 ± 0.34 · 10⁻¹²',
    );
    expect(gainInWords({ n: 5, value: 2.5, error: 1 })).toBe('mean squared bias lessened by 2.50 ± 1.00');
    expect(gainInWords({ n: 0, value: 0, error: null })).toBe('mean squared bias lessened by 0.00');
  });
});
