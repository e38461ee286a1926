import { TABS, writeAddress, type Address, type Tab } from './address.js';
import { h, typeset, type Child } from './dom.js';
import { countText } from './format.js';
import { numberAt, selectedOf } from './look.js';
import type { Refer } from './refer.js';
import { againstControls } from './section_against.js';
import type { State } from './store.js';
import type { View } from './view.js';

export const tabTitle: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  response: 'Response',
  context: 'Context',
  time: 'Time',
  probes: 'Probes',
  events: 'Events',
  alerts: 'Alerts',
  health: 'Health',
};

/** Links to the tabs; each holds the whole view. */
export const tabsNav = (address: Address, counts: Readonly<Partial<Record<Tab, number>>>): HTMLElement =>
  h(
    'nav',
    { 'aria-label': 'Views', class: 'tabs' },
    TABS.map((tab) => {
      const href = writeAddress({ ...address, tab }) || '#';
      const current = tab === address.tab ? 'page' : null;
      const count = counts[tab] ?? 0;
      return h(
        'a',
        { href, 'data-do': 'tab', 'data-value': tab, 'aria-current': current },
        tabTitle[tab],
        count > 0 ? h('span', { class: 'count' }, h('span', { class: 'sr' }, ', active: '), count) : null,
      );
    }),
  );

const choice = (name: string, value: string, label: Child, chosen: boolean): HTMLElement =>
  h('button', { 'data-do': name, 'data-value': value, 'aria-pressed': String(chosen) }, label);

const LASTS = [1, 3, 10, 30];

const group = (label: string, ...children: readonly Child[]): HTMLElement =>
  h(
    'div',
    { class: 'group', role: 'group', 'aria-label': label },
    h('span', { class: 'label', 'aria-hidden': 'true' }, label),
    children,
  );

/** Which windows, against which, of which regime and stage: all that the brush can do, by keyboard. */
export function lookControls(state: State, view: View, address: Address, refer: Refer): HTMLElement {
  const { windows, selected, stage } = view;
  const [low, high] = [windows[0]?.report.window ?? 0, windows.at(-1)?.report.window ?? 0];
  const [from, to] = [numberAt(windows, selected[0]), numberAt(windows, selected[1])];
  const events = selectedOf(view).reduce((sum, { report }) => sum + report.events, 0);
  const number = (name: string, label: string, value: number): Child => [
    h('label', { for: `look-${name}` }, label),
    h('input', { id: `look-${name}`, type: 'number', min: low, max: high, value, 'data-do': name }),
  ];
  const following = 'last' in address.range ? address.range.last : null;
  const regimes = windows.at(-1)?.report.regimes ?? [];
  return h(
    'div',
    { class: 'controls' },
    group(
      'Follow',
      LASTS.map((n) => choice('last', String(n), n === 1 ? 'last window' : `last ${n}`, following === n)),
    ),
    group(
      'Windows',
      number('first', 'from', from),
      number('to', 'to', to),
      h('button', { 'data-do': 'shift', 'data-value': -1, 'aria-label': 'Earlier windows' }, '‹'),
      h('button', { 'data-do': 'shift', 'data-value': 1, 'aria-label': 'Later windows' }, '›'),
    ),
    group('Against', againstControls(state, view, address, refer)),
    group(
      'Response',
      choice('stage', 'raw', 'raw', stage === 'raw'),
      choice('stage', 'corrected', 'corrected', stage === 'corrected'),
    ),
    group(
      'Regime',
      choice('all', '', 'all', view.regime === null),
      regimes.map(({ regime, label }) =>
        h(
          'button',
          { 'data-do': 'regime', 'data-value': regime, 'aria-pressed': String(view.regime === regime), title: label },
          regime,
          h('span', { class: 'sr' }, ' ', typeset(label)),
        ),
      ),
    ),
    h(
      'p',
      { class: 'soft', 'data-key': 'looked' },
      `▲ alert fired · ✓ ended · C refit of the correction · I done on purpose. Selected: ${countText(events)} events in ${selected[1] - selected[0] + 1} windows`,
    ),
  );
}
