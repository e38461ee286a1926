import type { Stage } from './view.js';

export const TABS = ['overview', 'response', 'context', 'time', 'probes', 'events', 'alerts', 'health'] as const;
export type Tab = (typeof TABS)[number];

/** Windows by number, ends included. */
export interface Span {
  readonly first: number;
  readonly to: number;
}

/** The last n windows, as they come; or windows by number. */
export type Range = { readonly last: number } | Span;

/** The reference that is set in the history, or where none is what is learned; what the checks learned from; or windows. */
export type Against = 'set' | 'learned' | Span;

/** What is looked at: all that a colleague needs to see the same. */
export interface Address {
  readonly tab: Tab;
  readonly range: Range;
  /** What they are compared with. */
  readonly against: Against;
  readonly regime: number | null;
  readonly stage: Stage;
}

/** What is delivered is shown first: it is what alerts watch, and is the raw response where no correction is in effect. */
export const HOME: Address = {
  ...{ tab: 'overview', range: { last: 3 }, against: 'set', regime: null, stage: 'corrected' },
};

function span(text: string | null): Span | null {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '');
  if (!found) return null;
  const [a, b] = [Number(found[1]), Number(found[2])];
  return { first: Math.min(a, b), to: Math.max(a, b) };
}

function rangeOf(text: string | null): Range {
  const last = /^last(\d{1,9})$/.exec(text ?? '');
  if (last) return { last: Math.max(1, Number(last[1])) };
  return span(text) ?? HOME.range;
}

/** The view that a location's hash names; what it does not name, or misspells, is as at home. */
export function readAddress(hash: string): Address {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const regime = /^\d{1,4}$/.exec(entries.get('regime') ?? '');
  return {
    tab: TABS.find((tab) => tab === entries.get('tab')) ?? HOME.tab,
    range: rangeOf(entries.get('windows')),
    against: entries.get('against') === 'learned' ? 'learned' : (span(entries.get('against')) ?? HOME.against),
    regime: regime ? Number(regime[0]) : null,
    stage: entries.get('stage') === 'raw' ? 'raw' : 'corrected',
  };
}

/** The hash of a view, without what is as at home: '' for home. */
export function writeAddress({ tab, range, against, regime, stage }: Address): string {
  const entries: string[] = [];
  if (tab !== HOME.tab) entries.push(`tab=${tab}`);
  if (!('last' in range)) entries.push(`windows=${range.first}-${range.to}`);
  else if ('last' in HOME.range && range.last !== HOME.range.last) entries.push(`windows=last${range.last}`);
  if (against === 'learned') entries.push('against=learned');
  else if (against !== 'set') entries.push(`against=${against.first}-${against.to}`);
  if (regime !== null) entries.push(`regime=${regime}`);
  if (stage !== HOME.stage) entries.push(`stage=${stage}`);
  return entries.length === 0 ? '' : `#${entries.join('&')}`;
}
