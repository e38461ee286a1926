import type { StoredWindow } from '../../../schemas/page.js';
import type { Against } from './address.js';
import { allWindows, type State } from './store.js';

/** Windows that others are compared with, and what a reader has to know of them. */
export interface Compared {
  readonly windows: readonly StoredWindow[];
  /** Which they are, or that there are none. */
  readonly words: string;
  /** What was asked for and is not, and in which way they are not like the others. */
  readonly notes: readonly string[];
}

/** Windows of the state with a number in [first, last], those that the checks learned from included. */
function windowsIn(state: State, first: number, last: number): StoredWindow[] {
  const { learned } = state;
  const windows = allWindows(state);
  const held = windows[0]?.report.index ?? Infinity;
  const inside = ({ report }: StoredWindow): boolean => report.window >= first && report.window <= last;
  return [...learned.filter(({ report }) => report.index < held), ...windows].filter(inside);
}

const numbersOf = (windows: readonly StoredWindow[]): string =>
  `windows ${windows[0]!.report.window} to ${windows.at(-1)!.report.window}`;

/** Those before a window that the checks learned from, else the first ones held before it, at most five. */
function learnedBefore(state: State, index: number): Compared {
  const learned = state.learned.filter(({ report }) => report.index < index);
  if (learned.length > 0) return { windows: learned, words: `${numbersOf(learned)} (learned from)`, notes: [] };
  const windows = state.windows.filter(({ report }) => report.index < index).slice(0, 5);
  const words = windows.length > 0 ? `${numbersOf(windows)} (the first ones)` : 'no earlier windows';
  return { windows, words, notes: [] };
}

function chosen(state: State, against: Against, first: number): Compared {
  if (against === 'learned') return learnedBefore(state, first);
  if (against === 'set') {
    const set = state.reference?.reference;
    if (!set) return learnedBefore(state, first);
    if (set.windows.length > 0) return { windows: set.windows, words: `${set.words} (the reference)`, notes: [] };
    return { ...learnedBefore(state, first), notes: [`The reference that was set is not used: ${set.words}.`] };
  }
  const windows = windowsIn(state, against.first, against.to);
  const words = windows.length > 0 ? numbersOf(windows) : `no windows ${against.first} to ${against.to}`;
  return { windows, words, notes: [] };
}

/**
 * What the selected windows, by index, are compared with. A regime is compared with what had its number under the same
 * models, or at least its name: other windows are left out. `regime` null: all of them together.
 */
export function comparedWith(
  state: State,
  against: Against,
  [first, last]: readonly [number, number],
  regime: number | null,
): Compared {
  const { windows, words, notes } = chosen(state, against, first);
  const selected = allWindows(state).filter(({ report }) => report.index >= first && report.index <= last);
  const now = selected.at(-1)?.report;
  if (!now || windows.length === 0) return { windows, words, notes };
  const labelIn = (report: StoredWindow['report']): string | undefined =>
    report.regimes.find((row) => row.regime === regime)?.label;
  const isSame = ({ report }: StoredWindow): boolean =>
    regime === null || report.models === now.models || labelIn(report) === labelIn(now);
  const same = windows.filter(isSame);
  const more = [...notes];
  if (windows.some(({ report }) => report.models !== now.models))
    more.push('Other models were in effect there: limits of regimes and pulls are not quite the same.');
  if (same.length < windows.length)
    more.push(`In ${windows.length - same.length} of them regime ${regime!} was another one: they are left out.`);
  const chains = new Set(selected.map(({ report }) => report.chain));
  const shared = same.filter(({ report }) => chains.has(report.chain)).length;
  if (shared > 0) more.push(`${shared} of them ${shared === 1 ? 'is' : 'are'} selected too: the same events.`);
  return { windows: same, words, notes: more };
}
