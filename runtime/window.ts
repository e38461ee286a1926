import type { Pipeline } from '../schemas/pipeline.js';
import { POSITION, SAMPLE } from './identity.js';

/** Two numbers of `by` share one double: the first times this, plus the second. */
const SECOND = 2 ** 26;

/** Columns that name the window, besides the identity. */
export function windowColumns({ window }: Pipeline): string[] {
  if (window === undefined || 'events' in window) return [];
  return 'time' in window ? [window.time] : [...window.by];
}

/** Why an event has no window: its number is NaN. */
export const NO_WINDOW = `window: its columns are no whole numbers from 0 to ${SECOND - 1}`;

/** Fills the number of each event's window; NaN where it has none. */
export type WindowNumbers = (
  columns: ReadonlyMap<string, Float64Array>,
  number: Float64Array,
  length: number,
  out: Float64Array,
) => void;

/**
 * The window is a function of the event, never of its arrival: `events: N` by the event's number, ⌊number / N⌋;
 * `time` and `seconds` by ⌊time / seconds⌋; `by` one or two columns (run, luminosity section: whole numbers from 0 to
 * 2^26 - 1). The number of an event is its identity where that is one column, else its position in the sample.
 */
export function windowNumbers({ window }: Pipeline): WindowNumbers | null {
  if (window === undefined) return null;
  if ('events' in window) {
    return (_, number, length, out) => {
      for (let i = 0; i < length; i++) out[i] = Math.floor(number[i]! / window.events);
    };
  }
  if ('time' in window) {
    return (columns, _, length, out) => {
      const time = columns.get(window.time)!;
      for (let i = 0; i < length; i++) out[i] = Math.floor(time[i]! / window.seconds);
    };
  }
  const [first, second] = window.by;
  return (columns, _, length, out) => {
    const a = columns.get(first!)!;
    const b = second === undefined ? null : columns.get(second)!;
    for (let i = 0; i < length; i++) {
      if (!isPart(a[i]!) || (b !== null && !isPart(b[i]!))) out[i] = NaN;
      else out[i] = b === null ? a[i]! : a[i]! * SECOND + b[i]!;
    }
  };
}

const isPart = (x: number): boolean => Number.isInteger(x) && x >= 0 && x < SECOND;

/** The column whose value is the event's number, or null: its position. `names`: what names an event. */
export function numberColumn(names: readonly string[]): string | null {
  const [name] = names;
  return names.length === 1 && name !== POSITION && name !== SAMPLE ? name! : null;
}

/** What makes a window. */
export function windowWords(window: NonNullable<Pipeline['window']>): string {
  if ('events' in window) return `${window.events} events, by event number`;
  return 'time' in window ? `${window.seconds} s of ${window.time}` : `by ${window.by.join(', ')}`;
}
