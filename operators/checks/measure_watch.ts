import { Problem } from '../problem.js';
import type { RunLength } from './measure_run_length.js';
import { simulateWindow, type ShapeFacts, type Simulation } from './simulate_window.js';
import { alarmsIn, openWatch, watchWindow, type WatchConfig } from './watch.js';

/** Sums over runs: whole numbers, so any split of the runs over threads adds up to the same. */
export interface RunTally {
  readonly runs: number;
  readonly windows: number;
  readonly squares: number;
  /** Runs that ended without an alarm. */
  readonly censored: number;
  /** First alarms by 'check quantity'; several checks of one window count each. */
  readonly by: Readonly<Record<string, number>>;
}

export const NO_RUNS: RunTally = { runs: 0, windows: 0, squares: 0, censored: 0, by: {} };

export function addRuns(a: RunTally, b: RunTally): RunTally {
  const names = [...new Set([...Object.keys(a.by), ...Object.keys(b.by)])].sort();
  return {
    runs: a.runs + b.runs,
    windows: a.windows + b.windows,
    squares: a.squares + b.squares,
    censored: a.censored + b.censored,
    by: Object.fromEntries(names.map((name) => [name, (a.by[name] ?? 0) + (b.by[name] ?? 0)])),
  };
}

/**
 * One run of the whole family of checks (watch.ts) over simulated windows without drift, to the first alarm of any;
 * its length counts the windows after those that are only learned from. It is cut at `longest` windows.
 */
export function watchRun(
  config: WatchConfig,
  simulation: Simulation,
  facts: ShapeFacts,
  run: number,
  longest: number,
): RunTally {
  if (!(simulation.events >= 2 && longest >= 1))
    throw new Problem(2, `Run length: ${simulation.events} events a window, ${longest} windows; give at least 2 and 1`);
  let state = openWatch(config);
  for (let window = 0; window < config.learn + longest; window++) {
    state = watchWindow(state, simulateWindow(simulation, facts, config.watched, run, window));
    const found = alarmsIn(state);
    if (found.length === 0) continue;
    const length = window + 1 - config.learn;
    return {
      runs: 1,
      windows: length,
      squares: length * length,
      censored: 0,
      by: Object.fromEntries(found.map((name) => [name, 1])),
    };
  }
  return { runs: 1, windows: longest, squares: longest * longest, censored: 1, by: {} };
}

/** Mean and its error over the runs; a run that was cut counts with its length, so the mean is a lower bound then. */
export function runLengthOf({ runs, windows, squares, censored }: RunTally): RunLength {
  const mean = windows / runs;
  const error = Math.sqrt(Math.max(0, squares / runs - mean * mean) / (runs - 1));
  return { mean, error, runs, censored };
}
