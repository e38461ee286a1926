import type { StoredWindow } from '../../../schemas/page.js';
import type { Address, Range } from './address.js';
import { comparedWith } from './compared_with.js';
import { allWindows, type State } from './store.js';
import type { View } from './view.js';

/** Index of the window with a number, or of the next one after it that is held; else of the last. */
export function indexAt(windows: readonly StoredWindow[], number: number): number {
  const found = windows.find(({ report }) => report.window >= number) ?? windows.at(-1);
  return found?.report.index ?? 0;
}

/** Number of the window with an index; of one that is not held, of the next one before it, else of the first. */
export function numberAt(windows: readonly StoredWindow[], index: number): number {
  const found = windows.findLast(({ report }) => report.index <= index) ?? windows[0];
  return found?.report.window ?? 0;
}

/** Indices of the first and last window of a range, of those that are held. */
export function indicesOf(windows: readonly StoredWindow[], range: Range): readonly [first: number, last: number] {
  const [low, high] = [windows[0]?.report.index ?? 0, windows.at(-1)?.report.index ?? 0];
  if ('last' in range) return [Math.max(low, high - range.last + 1), high];
  const last = windows.findLast(({ report }) => report.window <= range.to)?.report.index ?? low;
  return [Math.min(indexAt(windows, range.first), last), last];
}

/** The regime of the address; null: all, or it is none of the last window. */
const regimeOf = (windows: readonly StoredWindow[], { regime }: Address): number | null =>
  windows.at(-1)?.report.regimes.some((row) => row.regime === regime) ? regime : null;

/** What figures are drawn from: the part of the state that the address looks at. */
export function viewOf(state: State, address: Address, width: number, dark: boolean): View {
  const { description, alerts, status } = state;
  const windows = allWindows(state);
  const { range, against, stage } = address;
  const [first, last] = indicesOf(windows, range);
  const regime = regimeOf(windows, address);
  return {
    ...{ description, windows, alerts, status, width, dark, stage },
    selected: [first, last],
    reference: comparedWith(state, against, [first, last], regime).windows,
    regime,
  };
}

/** The windows that a view looks at. */
export const selectedOf = ({ windows, selected: [first, last] }: View): readonly StoredWindow[] =>
  windows.filter(({ report }) => report.index >= first && report.index <= last);
