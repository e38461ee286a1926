import { expect, it } from 'vitest';
import { draw, drawRegimes, SHAPES, type Shape } from '../../../operators/checks/shapes.js';

const N = 100_000;
const moment = (x: readonly number[], power: number): number => x.reduce((sum, each) => sum + each ** power, 0) / N;

// Mean and standard deviation: t with 4 degrees of freedom 0, √2; radiative −0.6, √(1 + 0.15·32 − 0.36).
it.each<[Shape, number, number]>([
  ['gauss', 0, 1],
  ['student', 0, Math.SQRT2],
  ['radiative', -0.6, Math.sqrt(5.44)],
])('draws δ of shape %s', (shape, mean, sigma) => {
  const x = Array.from({ length: N }, (_, i) => draw(shape, i, 3, 1, 2));
  expect(Math.abs(moment(x, 1) - mean)).toBeLessThan((4 * sigma) / Math.sqrt(N));
  const variance = moment(x, 2) - moment(x, 1) ** 2;
  expect(Math.sqrt(variance) / sigma).toBeCloseTo(1, 1);
});

it('draws anew for every event, window, stream and seed, and the same for the same', () => {
  for (const shape of SHAPES) {
    const one = draw(shape, 1, 2, 3, 4);
    expect(draw(shape, 1, 2, 3, 4)).toBe(one);
    const others = [draw(shape, 0, 2, 3, 4), draw(shape, 1, 0, 3, 4), draw(shape, 1, 2, 0, 4), draw(shape, 1, 2, 3, 0)];
    expect(new Set([one, ...others]).size).toBe(5);
  }
});

it('draws each regime as often as any other', () => {
  const out = new Uint16Array(N);
  drawRegimes(3, 0, 0, 1, out);
  const counts = [0, 1, 2].map((regime) => out.reduce((sum, r) => sum + (r === regime ? 1 : 0), 0));
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(N);
  for (const n of counts) expect(Math.abs(n - N / 3)).toBeLessThan(4 * Math.sqrt((N * 2) / 9));
});
