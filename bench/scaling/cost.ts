import { fileURLToPath } from 'node:url';
import { NODE, runProgram } from '../child_run.js';
import { costFit, powerFit } from '../fit.js';
import { digits } from '../spread.js';
import type { Shape } from './shape.js';

export interface ChainRun {
  readonly shape: Shape;
  readonly events: number;
}

/** Seconds of each run in each round, in a process of its own. */
export function chainSeconds(folder: string, stored: number, rounds: number, runs: readonly ChainRun[]): number[][] {
  const program = fileURLToPath(new URL('chain_cost.js', import.meta.url));
  const args = [folder, String(stored), String(rounds), JSON.stringify(runs)];
  return runProgram({ name: 'chain', command: [...NODE, program, ...args] });
}

/** '1.02 ± 0.01'; the number alone where no error is known. */
export const withError = (x: number, error: number): string =>
  Number.isFinite(error) ? `${digits(x)} ± ${Number(error.toPrecision(2))}` : digits(x);

/** How time goes with the number of events: exponent, fixed cost and cost of an event, from medians. */
export function eventFit(events: readonly number[], seconds: readonly number[]): string {
  const power = powerFit(events, seconds);
  const line = costFit(events, seconds);
  const fixed = withError(1e3 * line.intercept, 1e3 * line.interceptError);
  const each = withError(1e9 * line.slope, 1e9 * line.slopeError);
  return `time ∝ events^(${withError(power.slope, power.slopeError)}); ${fixed} ms and ${each} ns an event`;
}
