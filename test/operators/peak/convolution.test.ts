import { describe, expect, it } from 'vitest';
import { breitWigner, Z_MASS } from '../../../operators/peak/breit_wigner.js';
import { convolve } from '../../../operators/peak/convolution.js';
import { SHAPE } from '../../../operators/peak/parameters.js';
import { parameters, reference } from './reference.js';

describe('the convolution', () => {
  it.each(reference.convolution)('is that of scipy.integrate.quad: σ = $sigma, x = $x', ({ x, f, ...shape }) => {
    const p = parameters({ ...shape, alphaHigh: shape.alphaHigh ?? Infinity });
    // The panels depend on the range of x: a wide one, as in a fit.
    const found = convolve(Float64Array.of(60, x, 120), p)[1]!;
    expect(Math.abs(found / f - 1)).toBeLessThan(3e-6);
  });

  it.each(reference.voigt)(
    'is a Voigt profile for Γ ≪ M and no tails: σ = $sigma, x = $x',
    ({ sigma, gamma, x, ratio }) => {
      const [middle, at] = convolve(Float64Array.of(Z_MASS, Z_MASS + x), parameters({ sigma, gamma }));
      // What the relativistic form differs by is of the order Γ/M and x²/M².
      expect(Math.abs(at! / middle! / ratio - 1)).toBeLessThan(4e-3);
    },
  );

  it('is the Breit–Wigner for σ = 0', () => {
    const x = Float64Array.of(70, 91, 92.5, 130);
    const f = convolve(x, parameters({ shift: 0.5 }));
    x.forEach((m, i) => {
      expect(f[i]).toBeCloseTo(breitWigner(m - 0.5), 15);
    });
  });

  it('has the derivatives that differences show', () => {
    const x = Float64Array.of(65, 80, 89, 91.1876, 94, 110);
    const p = parameters({ shift: 0.3, sigma: 2.2, alpha: 1.3, n: 2.5, alphaHigh: 1.7, nHigh: 4 });
    const f = convolve(x, p);
    for (let k = 0; k < SHAPE; k++) {
      const [up, down] = [1e-5, -1e-5].map((h) => convolve(x, p.with(k, p[k]! + h)));
      for (let i = 0; i < x.length; i++) {
        const slope = (up![i]! - down![i]!) / 2e-5;
        expect(Math.abs(f[(1 + k) * x.length + i]! - slope)).toBeLessThan(1e-5 * f[i]! + 1e-5 * Math.abs(slope));
      }
    }
  });
});
