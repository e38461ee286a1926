import { describe, expect, it } from 'vitest';
import { addRuns, NO_RUNS, runLengthOf, watchRun, type RunTally } from '../../../operators/checks/measure_watch.js';
import { SHAPES, type Shape } from '../../../operators/checks/shapes.js';
import { shapeFacts } from '../../../operators/checks/simulate_window.js';
import type { WatchConfig } from '../../../operators/checks/watch.js';
import { problemOf } from '../../support/problem_of.js';

const WANTED = 20;
const watched = [0, 1].flatMap((regime) =>
  ['bias', 'sigma68', 'pull'].map((quantity) => ({ regime, quantity, subject: '', tolerance: 0 })),
);
const rules = { k: 1, learn: 6, warning: 0.7, raise: 1, clear: 3, least: 50 };
const config: WatchConfig = { watched, runLength: WANTED, ...rules };

function runsOf(shape: Shape, from: number, to: number, longest = 20 * WANTED): RunTally {
  const simulation = { shape, events: 300, regimes: 2, seed: 5 };
  const facts = shapeFacts(simulation);
  let tally = NO_RUNS;
  for (let run = from; run < to; run++) tally = addRuns(tally, watchRun(config, simulation, facts, run, longest));
  return tally;
}

describe('the run length of all checks together', () => {
  it.each(SHAPES)('is at least the wanted one for δ of shape %s', (shape) => {
    const { mean, error, runs, censored } = runLengthOf(runsOf(shape, 0, 40));
    expect([runs, censored]).toEqual([40, 0]);
    expect(mean + 3 * error).toBeGreaterThan(WANTED);
    // Checks of the same events rise together, so the family is quieter than independent ones, but not by far.
    expect(mean - 4 * error).toBeLessThan(3 * WANTED);
  });

  it('adds up to the same whatever way the runs are shared out', () => {
    const whole = runsOf('gauss', 0, 8);
    const parts = [runsOf('gauss', 5, 8), runsOf('gauss', 0, 2), runsOf('gauss', 2, 5)];
    expect(parts.reduce(addRuns, NO_RUNS)).toEqual(whole);
  });

  it('says which checks raised the first alarm, and how many runs were cut', () => {
    const { by, runs } = runsOf('gauss', 0, 8);
    expect(Object.values(by).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(runs);
    for (const name of Object.keys(by))
      expect(name).toMatch(/^(cusum|page_hinkley) (bias|sigma68|pull)$|^share_drift share$/);
    expect(runsOf('gauss', 0, 8, 2)).toMatchObject({ runs: 8, censored: 8, windows: 16, by: {} });
  });

  it('has the error of a mean', () => {
    const tally = { runs: 3, windows: 60, squares: 100 + 400 + 900, censored: 1, by: {} };
    expect(runLengthOf(tally)).toEqual({ mean: 20, error: Math.sqrt(100 / 3), runs: 3, censored: 1 });
  });

  it('is not measured without events', async () => {
    const simulation = { shape: 'gauss', events: 1, regimes: 2, seed: 5 } as const;
    const { message } = await problemOf(() => watchRun(config, simulation, shapeFacts(simulation), 0, 10));
    expect(message).toContain('1 events a window, 10 windows; give at least 2 and 1');
  });
});
