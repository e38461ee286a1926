import { describe, expect, it } from 'vitest';
import { shapeFacts, simulateWindow, type Simulation } from '../../../operators/checks/simulate_window.js';
import { problemOf } from '../../support/problem_of.js';

const simulation: Simulation = { shape: 'gauss', events: 4000, regimes: 2, seed: 1 };
const facts = shapeFacts(simulation);
const watched = [0, 1].flatMap((regime) =>
  ['bias', 'sigma68', 'pull'].map((quantity) => ({ regime, quantity, subject: '', tolerance: 0 })),
);

describe('what a replay takes from the whole sample', () => {
  it('is 2.5 σ68 about the median, and 3 standard deviations about the mean', () => {
    const [low, high] = facts.core;
    expect(high - low).toBeCloseTo(5, 1);
    expect(high + low).toBeCloseTo(0, 1);
    expect(facts.sigma).toBeCloseTo(1, 1);
    expect(facts.pull[1] - facts.pull[0]).toBeCloseTo(6 * facts.sigma, 12);
  });

  // Student's t with 4 degrees of freedom: 84.13 % quantile 1.1416, standard deviation √2.
  it('is that of the shape', () => {
    const { core, sigma } = shapeFacts({ shape: 'student', seed: 1 });
    expect(core[1]).toBeCloseTo(2.5 * 1.1416, 1);
    expect(sigma / Math.SQRT2).toBeCloseTo(1, 1);
  });
});

describe('a window without drift', () => {
  const windows = Array.from({ length: 60 }, (_, window) => simulateWindow(simulation, facts, watched, 0, window));

  // Of a Gaussian clipped at 2.5 σ the mean is 0 and the variance 0.974; σ68 = 0.99982 σ, its error 0.962 σ/√n.
  it.each([
    [0, 'bias', 0, 0.974],
    [1, 'sigma68', 1, 0.962 ** 2],
    [2, 'pull', 0, 0.996],
  ])('has track %d, %s, with its error', (track, _, mean, variance) => {
    const values = windows.map(({ values: all }) => all[track]!);
    const scores = values.map(({ value, error }) => (value! - mean) / error!);
    const sum = scores.reduce((total, x) => total + x, 0);
    expect(Math.abs(sum) / Math.sqrt(60)).toBeLessThan(3.5);
    const spread = Math.sqrt(scores.reduce((total, x) => total + x * x, 0) / 60);
    expect(spread).toBeGreaterThan(0.7);
    expect(spread).toBeLessThan(1.3);
    const perEvent = values.reduce((total, { error, n }) => total + error! ** 2 * n, 0) / 60;
    expect(perEvent / variance).toBeCloseTo(1, 0);
  });

  it('counts every event in one regime', () => {
    for (const { shares, values } of windows) {
      expect(Array.from(shares.w).reduce((sum, n) => sum + n, 0)).toBe(4000);
      expect(values.map(({ n }) => n)).toEqual([0, 0, 0, 1, 1, 1].map((regime) => shares.w[regime]));
    }
  });

  it('is the same for the same numbers, and another for another stream', () => {
    expect(simulateWindow(simulation, facts, watched, 0, 7)).toEqual(windows[7]);
    expect(simulateWindow(simulation, facts, watched, 1, 7)).not.toEqual(windows[7]);
  });

  it('refuses a quantity that it does not know', async () => {
    const odd = [{ regime: 0, quantity: 'tail', subject: '', tolerance: 0 }];
    const { message } = await problemOf(() => simulateWindow(simulation, facts, odd, 0, 0));
    expect(message).toBe('Run length: quantity tail is not simulated; there are bias, sigma68, pull');
  });
});
