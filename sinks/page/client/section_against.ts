import type { Address } from './address.js';
import { comparedWith } from './compared_with.js';
import { h, type Child } from './dom.js';
import type { Refer } from './refer.js';
import type { State } from './store.js';
import type { View } from './view.js';

const button = (name: string, value: string, label: string): HTMLElement =>
  h('button', { 'data-do': name, 'data-value': value, 'data-key': `${name}-${value}` }, label);

/** What the windows are compared with, what else there is, and a way to make windows the reference for everyone. */
export function againstControls(state: State, view: View, { against }: Address, refer: Refer): Child {
  const { words, notes } = comparedWith(state, against, view.selected, view.regime);
  const set = state.reference?.reference;
  const usable = set ? set.windows.length > 0 : false;
  return [
    h('span', { 'data-key': 'compared' }, words),
    button('against', 'selected', 'use these windows'),
    against !== 'set' && usable ? button('against', 'set', 'use the reference') : null,
    (against === 'set' && usable) || (typeof against === 'object' && !usable)
      ? button('against', 'learned', 'use learned')
      : null,
    state.reference?.settable ? referControls(state, refer) : null,
    notes.map((note, i) => h('span', { class: 'soft note', 'data-key': `note-${i}` }, note)),
  ];
}

/** Asks once more before another reference goes; the way back comes first, and has the focus of what was pressed. */
function referControls(state: State, { asked, problem }: Refer): Child {
  const before = state.reference?.reference?.words ?? '';
  if (asked === null)
    return [
      button('refer', 'ask', 'set these windows as reference'),
      problem === null ? null : h('span', { role: 'alert', 'data-key': 'refer-problem' }, `Not set: ${problem}`),
    ];
  return h(
    'span',
    { class: 'group', role: 'group', 'aria-label': 'Set the reference', 'data-key': 'refer-asked' },
    h('span', {}, `For everyone: ${asked.words} in place of ${before}?`),
    button('refer', 'keep', 'keep it as it is'),
    button('refer', 'set', 'replace'),
  );
}
