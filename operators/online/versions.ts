import { wrongPipeline, wrongSample } from '../problem.js';
import { responseCells, type ResponseCellsState } from '../summaries/response_cells.js';
import { challenge, type ChallengeConfig } from './challenge.js';
import { happened, reborn, type OnlineEvent } from './events.js';
import { openMemory, recall, remember, type MemoryConfig, type MemoryState } from './memory.js';
import { shortName, type OnlineModels } from './models.js';
import { openTrial, verdict, watch, type Trial, type TrialConfig } from './trial.js';

export interface OnlineConfig extends ChallengeConfig {
  /** Windows before the first fit, and between one fit and the next. */
  readonly learn: number;
  readonly every: number;
  readonly memory: MemoryConfig;
  readonly trial: TrialConfig;
}

/** Plain data, bounded by what the memory keeps. Windows are counted only if they have events. */
export interface OnlineState {
  readonly config: OnlineConfig;
  /** Number of the last window (null: none yet), and how many had events. */
  readonly last: number | null;
  readonly closed: number;
  /** The next fit is due when this many windows are closed. */
  readonly due: number;
  readonly memory: MemoryState;
  readonly current: OnlineModels | null;
  readonly trial: Trial | null;
  /** Next number that no regime has ever had. */
  readonly unusedId: number;
}

export interface OnlineWindow {
  readonly number: number;
  /** By split; every event of the window, merged from whatever workers. */
  readonly cells: ResponseCellsState;
}

export function openOnline(config: OnlineConfig): OnlineState {
  const { learn, every, memory } = config;
  const wanted = { learn, every, ...('windows' in memory ? { 'memory.windows': memory.windows } : {}) };
  for (const [name, value] of Object.entries(wanted)) {
    const whole = name === 'memory.windows' && memory.kind === 'half_life' ? true : Number.isInteger(value);
    if (!(value > 0 && whole)) throw wrongPipeline(`online.${name}: ${value} is no number of windows; give 1 or more`);
  }
  const memoryState = openMemory(memory);
  return { config, last: null, closed: 0, due: learn, memory: memoryState, current: null, trial: null, unusedId: 0 };
}

/**
 * Models refitted from the summaries of closed windows, as a reducer: one window in, the next state and what happened
 * out; the old state and the window are left as they are.
 *
 * At the end of window w, in this order: the version on trial is judged (trial.ts) and, if it did not win, the one
 * before it takes effect again; the window joins the memory (memory.ts); if a fit is due (after `learn` windows, then
 * every `every`) and no trial is on, a challenger is fitted (challenge.ts) and, if it is worth one, put on trial. What
 * was decided takes effect with window w + 1, so a version is judged only by events after its training data. Windows
 * come in rising order, gaps are allowed, and a window without events changes nothing: closed or left out, it is the
 * same. All is a function of the merged summaries: neither workers nor the order of merging can change a bit.
 * A window that is not after the last one is a Problem, and so is a number that is not whole.
 */
export function closeWindow(state: OnlineState, window: OnlineWindow): { state: OnlineState; events: OnlineEvent[] } {
  const { number } = window;
  if (!Number.isSafeInteger(number)) throw wrongSample(`online window ${number}: give it a whole number`);
  if (state.last !== null && number <= state.last) {
    throw wrongSample(`online window ${number}: not after window ${state.last}; close windows in rising order`);
  }
  const cells = structuredClone(window.cells);
  responseCells.settle(cells);
  if (cells.size === 0) return { state: { ...state, last: number }, events: [] };
  const judged = judge({ ...state, last: number, closed: state.closed + 1 }, cells);
  const next = { ...judged.state, memory: remember(state.memory, number, cells) };
  if (next.closed < next.due || next.trial) return { state: next, events: judged.events };
  const fitted = refit(next, cells);
  return { state: fitted.state, events: [...judged.events, ...fitted.events] };
}

/** What is in effect for the next window, and what would come back if the trial (if one is on) were lost. */
export const modelsAt = (state: OnlineState): { inEffect: OnlineModels | null; previous: OnlineModels | null } => ({
  inEffect: state.current,
  previous: state.trial && state.trial.previous,
});

type Step = ReturnType<typeof closeWindow>;

function judge(state: OnlineState, cells: ResponseCellsState): Step {
  const { current } = state;
  if (!state.trial || !current) return { state, events: [] };
  const trial = watch(state.trial, current, cells);
  const result = verdict(trial, state.config.trial);
  if (!result) return { state: { ...state, trial }, events: [] };
  if (result.won) {
    const next = { ...state, trial: null };
    return { state: next, events: [happened(next, 'accepted', current, result.reason)] };
  }
  const next = { ...state, trial: null, current: trial.previous };
  const reason = `${result.reason}; back to version ${shortName(trial.previous)}`;
  const change = reborn(next, current, trial.previous, 'gone with the rollback', 'back with the rollback');
  return { state: next, events: [happened(next, 'rolled back', current, reason), ...change] };
}

function refit(state: OnlineState, newest: ResponseCellsState): Step {
  const { config, current, unusedId } = state;
  const remembered = recall(state.memory)!;
  const found = challenge({ ...remembered, newest, current, unusedId }, config);
  if ('kept' in found) {
    const next = { ...state, due: found.lacking ? state.due : dueAfter(state) };
    return { state: next, events: [happened(next, 'kept', current, found.kept, remembered.training)] };
  }
  const { models, previous } = found;
  // The first version may be without a correction: there is nothing to win against.
  const trial = models.version === previous.version ? null : openTrial(previous, found);
  const next = { ...state, due: dueAfter(state), current: models, trial, unusedId: found.unusedId };
  const events = [happened(next, 'fitted', models, found.reason)];
  events.push(...reborn(next, current, models, found.reason, found.reason));
  if (!trial) events.push(happened(next, 'accepted', models, 'first version, no correction to be tried'));
  return { state: next, events };
}

const dueAfter = ({ config: { learn, every }, closed }: OnlineState): number =>
  learn + every * (Math.floor((closed - learn) / every) + 1);
