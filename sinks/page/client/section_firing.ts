import { h, typeset } from './dom.js';
import { where } from './section_alerts.js';
import type { State } from './store.js';

/** Alerts that fire and are not explained by another, in a line each. */
export function firingSection({ alerts }: State): HTMLElement {
  const firing = alerts.filter(({ state, inhibitedBy }) => state === 'firing' && inhibitedBy === null);
  return h(
    'section',
    { class: 'firing', 'aria-labelledby': 'firing-title' },
    h('h2', { id: 'firing-title', class: 'sr' }, 'Active alerts'),
    firing.length === 0
      ? h('p', { class: 'soft none' }, 'No alert is active.')
      : h(
          'ul',
          {},
          firing.map((alert) =>
            h(
              'li',
              { class: `alert ${alert.severity} firing`, 'data-key': `firing-${alert.id}` },
              h('strong', {}, alert.name),
              ' ',
              typeset(alert.summary),
              ' ',
              h('span', { class: 'soft' }, where(alert), alert.acknowledged ? ' · acknowledged' : null),
              ' ',
              h(
                'a',
                {
                  href: '#tab=alerts',
                  'data-do': 'tab',
                  'data-value': 'alerts',
                  'aria-label': `What to do about ${alert.name}`,
                },
                'What to do',
              ),
            ),
          ),
        ),
  );
}
