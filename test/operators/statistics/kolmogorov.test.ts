import { expect, it } from 'vitest';
import { kolmogorovTail, logKolmogorovP, logKolmogorovTail } from '../../../operators/statistics/kolmogorov.js';
import { near, reference } from './reference.js';

it.each(reference.kolmogorov)('ln Q($lambda)', ({ lambda, log }) => {
  if (Math.abs(log) > 1e-300) near(logKolmogorovTail(lambda), log, 1e-12);
  else expect(logKolmogorovTail(lambda)).toBeCloseTo(0, 15);
});

it('reaches 5 % at 1.3581 (Smirnov 1948)', () => {
  expect(kolmogorovTail(1.3581)).toBeCloseTo(0.05, 5);
});

// Stephens (1970): 5 % points 1.358 / (√n + 0.12 + 0.11/√n); the exact law has 0.4093 for n = 10 (Miller 1956).
it('has the size stated for few events', () => {
  expect(Math.exp(logKolmogorovP(0.40925, 10))).toBeCloseTo(0.05, 2);
  expect(logKolmogorovP(0.3, 20, 20)).toBeCloseTo(logKolmogorovP(0.3, 10), 12);
});

it('knows the ends', () => {
  expect([logKolmogorovTail(0), logKolmogorovTail(-1), logKolmogorovTail(NaN)]).toEqual([0, 0, NaN]);
  expect(logKolmogorovP(0.3, 0, 5)).toBeNaN();
});
