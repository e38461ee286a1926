import { describe, expect, it } from 'vitest';
import { mass } from '../../../operators/expressions/functions/mass.js';
import { generateEvent, PLACES } from '../../../sources/generator/event.js';

const N = 50_000;

/** The drawn quantities of N events, by name. */
function sample(seed: number, highPt: number): Record<(typeof PLACES)[number], Float64Array> {
  const columns = PLACES.map((name) => [name, new Float64Array(N)] as const);
  const out = new Float64Array(PLACES.length);
  for (let i = 0; i < N; i++) {
    generateEvent(seed, highPt, i, out);
    for (let p = 0; p < out.length; p++) columns[p]![1][i] = out[p]!;
  }
  return Object.fromEntries(columns) as Record<(typeof PLACES)[number], Float64Array>;
}

const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length;
const shareBelow = (x: Float64Array, limit: number): number => x.filter((value) => value < limit).length / x.length;

/** An observed share of N events agrees with the expected one within 4 standard errors. */
function expectShare(observed: number, expected: number): void {
  expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / N));
}

const inclusive = sample(1, 0);
const boosted = sample(2, 0.3);

/** px, py, pz, E of a massless lepton. */
function momentum(pt: number, eta: number, phi: number): [number, number, number, number] {
  return [pt * Math.cos(phi), pt * Math.sin(phi), pt * Math.sinh(eta), pt * Math.cosh(eta)];
}

describe('generateEvent', () => {
  it('gives leptons whose mass, pT, rapidity and φ are those drawn', () => {
    for (const s of [inclusive, boosted]) {
      for (let i = 0; i < N; i++) {
        const l1 = [s.gen_l1_pt[i]!, s.gen_l1_eta[i]!, s.gen_l1_phi[i]!] as const;
        const l2 = [s.gen_l2_pt[i]!, s.gen_l2_eta[i]!, s.gen_l2_phi[i]!] as const;
        const m = mass(...l1, ...l2);
        if (!(Math.abs(m / s.mass[i]! - 1) < 1e-9)) expect(m, `event ${i}`).toBe(s.mass[i]);
        if (i % 50 !== 0) continue;
        const [px, py, pz, e] = momentum(...l1).map((p, k) => p + momentum(...l2)[k]!) as [
          number,
          number,
          number,
          number,
        ];
        expect(Math.hypot(px, py)).toBeCloseTo(s.pt[i]!, 8);
        expect(Math.log((e + pz) / (e - pz)) / 2).toBeCloseTo(s.y[i]!, 8);
        expect(Math.cos(Math.atan2(py, px) - s.phi[i]!)).toBeCloseTo(1, 5);
      }
    }
  });

  it('decays by 1 + cos²θ: ⟨cos θ⟩ = 0, ⟨cos²θ⟩ = 2/5, ⟨cos⁴θ⟩ = 9/35', () => {
    const moment = (k: number): number => mean(inclusive.cos_theta.map((c) => c ** k));
    // ⟨c^2n⟩ = (3/4) (1/(2n + 1) + 1/(2n + 3)).
    const expected = (k: number): number => 0.75 * (1 / (k + 1) + 1 / (k + 3));
    expect(expected(2)).toBeCloseTo(2 / 5, 15);
    for (const k of [1, 2, 3, 4]) {
      const value = k % 2 ? 0 : expected(k);
      const error = Math.sqrt((expected(2 * k) - value * value) / N);
      expect(Math.abs(moment(k) - value), `⟨cos^${k}⟩`).toBeLessThan(4 * error);
    }
  });

  it('has, in the frame where the boson rests, leptons along and against the beam at the drawn cos θ', () => {
    // Of the invariants: pz* of l1 is E1 pz − pz1 E over mT, for the boost along the beam alone changes it.
    for (let i = 0; i < N; i += 100) {
      const s = boosted;
      const z1 = s.gen_l1_pt[i]! * Math.sinh(s.gen_l1_eta[i]! - s.y[i]!);
      expect(z1 / (s.mass[i]! / 2)).toBeCloseTo(s.cos_theta[i]!, 8);
    }
  });

  it('has the Breit–Wigner’s quantiles', () => {
    const phase = (m: number): number => Math.atan((m * m - 91.1876 ** 2) / (91.1876 * 2.4952));
    for (const m of [70, 85, 90, 91.1876, 92, 95, 110]) {
      expectShare(shareBelow(inclusive.mass, m), (phase(m) - phase(60)) / (phase(120) - phase(60)));
    }
  });

  it('has a median pT of 9 GeV, and with the hard tail its share above each pT', () => {
    expectShare(shareBelow(inclusive.pt, 9), 0.5);
    const soft = (pt: number): number => 1 / (1 + (pt / 9) ** 2);
    const hard = (pt: number): number => (1 / pt - 1 / 1500) / (1 / 100 - 1 / 1500);
    for (const pt of [200, 400, 1000]) {
      expectShare(1 - shareBelow(inclusive.pt, pt), soft(pt) - soft(1500));
      expectShare(1 - shareBelow(boosted.pt, pt), 0.7 * (soft(pt) - soft(1500)) + 0.3 * hard(pt));
    }
    const ht = boosted.gen_l1_pt.map((pt, i) => pt + boosted.gen_l2_pt[i]!);
    expect(ht.filter((value) => value > 400).length).toBeGreaterThan(2000);
  });

  it('is symmetric in y, flat in φ, and half electrons', () => {
    expectShare(shareBelow(inclusive.y, 0), 0.5);
    for (const name of ['phi', 'gen_l1_phi', 'gen_l2_phi'] as const) {
      for (const x of [-2, -1, 0, 1, 2]) expectShare(shareBelow(inclusive[name], x), (x + Math.PI) / (2 * Math.PI));
      expect(Math.max(...inclusive[name].subarray(0, 10_000))).toBeLessThanOrEqual(Math.PI);
      expect(Math.min(...inclusive[name].subarray(0, 10_000))).toBeGreaterThan(-Math.PI);
    }
    expectShare(shareBelow(inclusive.flavour, 12), 0.5);
    expect(new Set(inclusive.flavour)).toEqual(new Set([11, 13]));
  });

  it('is a function of seed and event number, beyond 2^32 too', () => {
    const draw = (seed: number, event: number): Float64Array => {
      const out = new Float64Array(PLACES.length);
      generateEvent(seed, 0, event, out);
      return out;
    };
    expect(draw(1, 5)).toEqual(draw(1, 5));
    expect(draw(1, 5)).not.toEqual(draw(2, 5));
    expect(draw(1, 5)).not.toEqual(draw(1, 5 + 2 ** 32));
  });
});
