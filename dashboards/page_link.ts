import type { AlertRule, Words } from '../operators/alerts/types.js';

/** Which part of the page shows what an alert of this area is about. */
const TABS: Readonly<Record<string, string>> = {
  ...{ response: 'response', mix: 'response', probe: 'probes', correction: 'time', data: 'health', pipeline: 'health' },
};

/** Address of the page with the view of an alert in its hash; a regime that the alert does not have is left empty. */
export function pageLink(page: string, { area }: Pick<AlertRule, 'area'>): Words {
  const tab = `${page}#tab=${TABS[area] ?? 'alerts'}`;
  if (area === 'response') return [tab, '&stage=corrected&regime=', { label: 'regime' }];
  return area === 'mix' || area === 'probe' ? [tab, '&regime=', { label: 'regime' }] : [tab];
}
