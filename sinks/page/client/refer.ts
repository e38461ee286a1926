import type { PagePeriod, StoredWindow } from '../../../schemas/page.js';
import { indicesOf } from './look.js';
import type { Page } from './page.js';
import { post } from './server.js';
import { allWindows } from './store.js';

/** Windows that are about to become the reference. */
export interface Refer {
  /** Where the reader is asked first; null: not now. */
  asked: (PagePeriod & { readonly words: string }) | null;
  /** Why it could not be set. */
  problem: string | null;
}

/** The selected windows as a period of the history. */
export function periodOf(
  windows: readonly StoredWindow[],
  [from, to]: readonly [number, number],
): NonNullable<Refer['asked']> | null {
  const [first, last] = [from, to].map((index) => windows.find(({ report }) => report.index === index)?.report);
  if (!first || !last) return null;
  return { from, to, chain: last.chain, words: `windows ${first.window} to ${last.window}` };
}

/** Puts the focus where it was pressed, once that is shown. */
function focusOn(page: Page, value: string): void {
  page.queue();
  requestAnimationFrame(() => {
    page.parts.controls.querySelector<HTMLElement>(`[data-do=refer][data-value=${value}]`)?.focus();
  });
}

/** Sets the selected windows as reference, after a question where that takes another one's place. */
export async function refer(page: Page, step: string): Promise<void> {
  const { state, address, referring } = page;
  if (!state) return;
  const windows = allWindows(state);
  const period = step === 'set' ? referring.asked : periodOf(windows, indicesOf(windows, address.range));
  referring.problem = null;
  if (step === 'ask' && state.reference?.reference) {
    referring.asked = period;
    focusOn(page, 'keep');
    return;
  }
  referring.asked = null;
  if (step !== 'keep' && period) {
    const { from, to, chain } = period;
    referring.problem = (await post('/api/reference', { from, to, chain })) ?? null;
    // What was set is what is compared with.
    if (referring.problem === null && page.address.against !== 'set') page.go({ ...page.address, against: 'set' });
  }
  focusOn(page, 'ask');
}
