import type { Finding } from './check.js';
import { demand, following } from './check.js';
import type { Measured } from './standardise.js';

/** good < medium < bad; null is outside the order: too few events to say. */
export type Verdict = 'null' | 'good' | 'medium' | 'bad';
type Known = Exclude<Verdict, 'null'>;

export interface VerdictConfig {
  /** What it is about, as the reason begins: "H_T-high: bias". */
  readonly subject: string;
  /** The largest size of the value that does not matter, in its units. */
  readonly tolerance: number;
  /** Fewest (effective) events of a window that can be judged. */
  readonly least: number;
  /** Share of its threshold from which a check's statistic is a warning; 1: no warnings. */
  readonly warning: number;
  /** Windows in a row that it takes to go up (1: at once), and down. */
  readonly raise: number;
  readonly clear: number;
}

/** `value`: what must not be large (a bias, or its change against the baseline), with its error. */
export interface VerdictInput extends Measured {
  readonly window: number;
  readonly finding: Finding;
}

export interface VerdictState extends VerdictConfig {
  readonly window: number | null;
  readonly verdict: Verdict;
  /** What holds once there are events again, and since when. */
  readonly level: Known;
  readonly since: number | null;
  /** Windows in a row above and below the level, and the mildest above, the worst below. */
  readonly above: number;
  readonly below: number;
  readonly next: Known;
  readonly reason: string;
}

/** From too little data, which is outside the order, to the worst. */
export const RANK = { null: 0, good: 1, medium: 2, bad: 3 } as const;

export function createVerdict(config: VerdictConfig): VerdictState {
  demand('verdict', 'tolerance', config.tolerance, 0, true);
  demand('verdict', 'raise', config.raise, 1, true);
  demand('verdict', 'clear', config.clear, 1, true);
  const none = { window: null, since: null, above: 0, below: 0, next: 'good' } as const;
  return { ...config, ...none, verdict: 'null', level: 'good', reason: `${config.subject}: no window yet` };
}

/** Of one window. Bad: alarm, and the value beyond tolerance; medium: alarm within tolerance, or a warning. */
function momentary({ tolerance, warning }: VerdictConfig, { value, finding }: VerdictInput): Known {
  if (finding.alarm) return Math.abs(value!) > tolerance ? 'bad' : 'medium';
  return finding.statistic > warning * finding.threshold ? 'medium' : 'good';
}

/** "−0.0123 ± 0.0010": as many decimals as two digits of the error take. */
export function shown(value: number, error: number): string {
  let decimals = 0;
  for (let x = error; x > 0 && x < 9.95 && decimals < 20; x *= 10) decimals++;
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`.replace(/^-/, '−');
}

function inWords(state: VerdictConfig, input: VerdictInput, now: Known): string {
  const { value, error, finding } = input;
  const { alarm, since, reason } = finding;
  const what = `${state.subject} ${shown(value!, error!)}`;
  const start = since === null ? '' : ` since window ${since}`;
  const beyond = (Math.abs(value!) - state.tolerance) / error!;
  const percent = Math.round((100 * finding.statistic) / finding.threshold);
  const detail = reason === null ? '' : ` (${reason})`;
  if (now === 'bad')
    return `${what} is ${beyond.toFixed(1)} sigma beyond the tolerance ${state.tolerance}${start}${detail}`;
  if (alarm) return `${what} has changed significantly${start}, within the tolerance ${state.tolerance}${detail}`;
  if (now === 'medium')
    return `${what} may be changing${start}: the check is at ${percent} % of its threshold${detail}`;
  return Math.abs(value!) > state.tolerance
    ? `${what} is beyond the tolerance ${state.tolerance}, not significantly`
    : `${what} is within the tolerance ${state.tolerance}`;
}

/**
 * The verdict after a window, from significance (the check) and relevance (the tolerance), with hysteresis: it goes up
 * after `raise` windows in a row above the present level, to the mildest of them, and down after `clear` windows in a
 * row below it, to the worst of them. Windows of fewer than `least` events, or without value or error, show null; they
 * neither count towards nor break such a row, and the level holds when events return.
 */
export function verdict(state: VerdictState, input: VerdictInput): VerdictState {
  const window = following('verdict', state.window, input.window);
  const { subject, least, raise, clear, level } = state;
  const { value, error, n } = input;
  if (value === null || error === null || value !== value || !(error > 0) || !(n >= least)) {
    const why = n >= least ? 'the value or its error is not known' : `${Math.floor(n)} events, ${least} are needed`;
    return { ...state, window, verdict: 'null', reason: `${subject}: ${why}` };
  }
  const now = momentary(state, input);
  const words = inWords(state, input, now);
  const change = RANK[now] - RANK[level];
  if (change === 0) return { ...state, window, verdict: level, above: 0, below: 0, reason: words };
  const up = change > 0;
  const row = (up ? state.above : state.below) + 1;
  const bound = row > 1 && (up ? RANK[state.next] < RANK[now] : RANK[state.next] > RANK[now]) ? state.next : now;
  if (row >= (up ? raise : clear)) {
    const since = bound === 'good' ? null : window;
    return { ...state, window, verdict: bound, level: bound, since, above: 0, below: 0, next: bound, reason: words };
  }
  const held = up ? `${raise} windows in a row raise it` : `${clear} windows in a row clear it`;
  const reason = `${words}; ${level} still: ${held}, this is number ${row}`;
  return { ...state, window, verdict: level, above: up ? row : 0, below: up ? 0 : row, next: bound, reason };
}
