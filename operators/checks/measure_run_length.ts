import { Problem } from '../problem.js';
import { cusum, type CusumState } from './cusum.js';
import { pageHinkley, type PageHinkleyState } from './page_hinkley.js';
import { draw, type Shape } from './shapes.js';
import { createStandardise, standardise, type Measured, type StandardiseConfig } from './standardise.js';

export interface RunLengthConfig extends StandardiseConfig {
  readonly check: 'cusum' | 'page_hinkley';
  /** k of the CUSUM, delta of Page–Hinkley; the threshold h or lambda (see thresholdFor). */
  readonly k: number;
  readonly h: number;
  /** Checks that run at once, on independent quantities; the run ends with the first alarm of any. */
  readonly checks: number;
  readonly shape: Shape;
  /** Events in a window, for each check. */
  readonly events: number;
  readonly runs: number;
  readonly seed: number;
  /** A run without an alarm ends here and counts as censored. */
  readonly longest: number;
}

/** Windows to the first false alarm, counted from the first after those that are only learned from. */
export interface RunLength {
  readonly mean: number;
  readonly error: number;
  readonly runs: number;
  /** Runs that ended without an alarm: the mean is a lower bound. */
  readonly censored: number;
}

/** Mean of δ over a window without drift, with its error s/√n. */
export function windowWithoutDrift(
  shape: Shape,
  events: number,
  window: number,
  stream: number,
  seed: number,
): Measured {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < events; i++) {
    const x = draw(shape, i, window, stream, seed);
    sum += x;
    squares += x * x;
  }
  const value = sum / events;
  const variance = Math.max(0, (squares - sum * value) / (events - 1));
  return { value, error: Math.sqrt(variance / events), n: events };
}

/** One run of the whole chain: windows, scores, checks; the windows to the first alarm, or null beyond `longest`. */
function run(config: RunLengthConfig, number: number): number | null {
  const { check, k, h, checks, shape, events, seed, longest } = config;
  const levels = Array.from({ length: checks }, () => createStandardise(config));
  const sums: (CusumState | PageHinkleyState)[] = levels.map(() =>
    check === 'cusum' ? cusum.create({ k, h }) : pageHinkley.create({ delta: k, lambda: h }),
  );
  for (let window = 0; window < config.learn + longest; window++) {
    for (let i = 0; i < checks; i++) {
      const measured = windowWithoutDrift(shape, events, window, number * checks + i, seed);
      levels[i] = standardise(levels[i]!, { ...measured, window, hold: false });
      const input = { window, x: levels[i]!.score };
      const before = sums[i]!;
      const after = 'lambda' in before ? pageHinkley.step(before, input) : cusum.step(before, input);
      sums[i] = after;
      const { alarm } = 'lambda' in after ? pageHinkley.finding(after) : cusum.finding(after);
      if (alarm) return window + 1 - config.learn;
    }
  }
  return null;
}

/**
 * The run length without drift as it really is, by simulation of the whole chain: δ of the given shape, its mean over
 * the events of a window, the baseline learned from the first windows, and the checks. Every draw is a hash of (seed,
 * run, check, window, event), so the result depends on nothing else. The error is that of the mean over the runs.
 */
export function measureRunLength(config: RunLengthConfig): RunLength {
  const { runs, events, checks } = config;
  if (!(runs >= 2 && events >= 2 && checks >= 1))
    throw new Problem(
      2,
      `Run length: ${runs} runs of ${checks} checks, ${events} events a window; give at least 2, 1 and 2`,
    );
  let [sum, squares, censored] = [0, 0, 0];
  for (let i = 0; i < runs; i++) {
    const length = run(config, i);
    if (length === null) censored++;
    const x = length ?? config.longest;
    sum += x;
    squares += x * x;
  }
  const mean = sum / runs;
  return { mean, error: Math.sqrt(Math.max(0, squares / runs - mean * mean) / (runs - 1)), runs, censored };
}
