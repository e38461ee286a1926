import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { addRuns, NO_RUNS, runLengthOf, watchRun, type RunTally } from '../operators/checks/measure_watch.js';
import type { RunLength } from '../operators/checks/measure_run_length.js';
import type { Shape } from '../operators/checks/shapes.js';
import { shapeFacts, type Simulation } from '../operators/checks/simulate_window.js';
import { checksOf, thresholdsOf, type WatchConfig } from '../operators/checks/watch.js';
import { wrongPipeline } from '../operators/problem.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { hasLocalModel } from './local_formulas.js';
import { watchConfig } from './watch_config.js';

export interface MeasureOptions {
  readonly shapes: readonly Shape[];
  readonly runs: number;
  /** Events in a window, of all regimes; default that of the pipeline's window. */
  readonly events?: number;
  readonly seed: number;
  readonly workers: number;
  readonly onRun?: (windows: number, events: number) => void;
}

/** The run length that the pipeline wants of its checks, and the one that they have. */
export interface MeasuredChecks {
  readonly wanted: number;
  readonly checks: number;
  readonly regimes: number;
  readonly quantities: readonly string[];
  readonly k: number;
  readonly learn: number;
  readonly threshold: number;
  readonly events: number;
  readonly seed: number;
  readonly measured: readonly (RunLength & { readonly shape: Shape; readonly firstAlarms: RunTally['by'] })[];
}

/** A run goes on to this many times the wanted run length. */
const LONGEST = 10;

/** What a thread is to simulate: the runs from `first` on, each `step`-th. */
export interface RunTask {
  readonly config: WatchConfig;
  readonly simulation: Simulation;
  readonly first: number;
  readonly step: number;
  readonly runs: number;
  readonly longest: number;
}

/**
 * Simulates the checks of a pipeline on windows without drift (operators/checks/measure_watch.ts): all checks together,
 * as a replay runs them. The runs are spread over threads; what they find depends on the seed alone.
 * Throws a Problem (2) where the number of regimes or of events in a window is not known, or a regime would have fewer
 * events in a window than `checks.least`.
 */
export async function measureChecks(pipeline: Pipeline, options: MeasureOptions): Promise<MeasuredChecks> {
  const { shapes, runs, seed, workers, onRun } = options;
  const { config, regimes, events } = configOf(pipeline, options.events);
  const longest = Math.ceil(LONGEST * config.runLength);
  const measured: MeasuredChecks['measured'][number][] = [];
  for (const shape of shapes) {
    const simulation: Simulation = { shape, events, regimes, seed };
    let tally = NO_RUNS;
    const add = (run: RunTally): void => {
      tally = addRuns(tally, run);
      onRun?.(run.windows, run.windows * events);
    };
    const task = { config, simulation, runs, longest };
    if (workers <= 1) await simulateHere({ ...task, first: 0, step: 1 }, add);
    else {
      const firsts = [...Array(Math.min(workers, runs)).keys()];
      await Promise.all(firsts.map((first) => onThread({ ...task, first, step: firsts.length }, add)));
    }
    measured.push({ shape, ...runLengthOf(tally), firstAlarms: tally.by });
  }
  return {
    wanted: config.runLength,
    checks: checksOf(config),
    regimes,
    quantities: [...new Set(config.watched.map(({ quantity }) => quantity))],
    k: config.k,
    learn: config.learn,
    threshold: thresholdsOf(config).h,
    events,
    seed,
    measured,
  };
}

function configOf(pipeline: Pipeline, given: number | undefined) {
  const { regimes, window, checks, response } = pipeline;
  if (response === undefined)
    throw wrongPipeline('runlength: the pipeline has no response, so there is nothing to check');
  if (regimes.count === 'auto')
    throw wrongPipeline('runlength: regimes.count is auto; say for how many, e.g. --set regimes.count=4');
  const events = given ?? (window && 'events' in window ? window.events : undefined);
  if (events === undefined)
    throw wrongPipeline('runlength: the window of the pipeline is not by events; give --events, the number in one');
  if (events / regimes.count < checks.least)
    throw wrongPipeline(
      `runlength: ${events} events a window are ${Math.floor(events / regimes.count)} a regime, checks.least is ${checks.least}; raise the one or lower the other`,
    );
  const labels = Array.from({ length: regimes.count }, (_, regime) => `regime ${regime}`);
  return { config: watchConfig(pipeline, labels, hasLocalModel(pipeline)), regimes: regimes.count, events };
}

/** Calls `add` with each run; between them other work of the thread goes on. */
export async function simulateHere(
  { config, simulation, first, step, runs, longest }: RunTask,
  add: (run: RunTally) => void,
): Promise<void> {
  const facts = shapeFacts(simulation);
  for (let run = first; run < runs; run += step) {
    add(watchRun(config, simulation, facts, run, longest));
    await setImmediate();
  }
}

function onThread(task: RunTask, add: (run: RunTally) => void): Promise<void> {
  const worker = new Worker(new URL('./measure_worker.js', import.meta.url), { workerData: task, execArgv: [] });
  return new Promise((resolve, reject) => {
    worker.on('message', add);
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`worker thread ended with code ${code}`));
    });
  });
}
