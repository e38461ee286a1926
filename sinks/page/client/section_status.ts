import type { PageStatus } from '../../../schemas/page.js';
import { h, typeset, type Child } from './dom.js';
import { dateText, durationText, timeText } from './format.js';
import type { State } from './store.js';

export const verdictMark = { null: '–', good: '✓', medium: '!', bad: '✕' } as const;
export const verdictWord = { null: 'too little data', good: 'good', medium: 'medium', bad: 'bad' } as const;

type Verdict = PageStatus['verdict'];

/** A verdict as sign, word and colour, so that none of them stands alone. */
export const badge = (verdict: Verdict): HTMLElement =>
  h(
    'span',
    { class: `badge ${verdict}` },
    h('span', { 'aria-hidden': 'true' }, verdictMark[verdict]),
    ' ',
    verdictWord[verdict],
  );

function sinceWords({ verdict, since }: PageStatus, now: number): Child {
  if (since === null) return verdict === 'null' ? 'no window has closed yet' : null;
  return [
    'since ',
    h('time', { title: dateText(since) }, timeText(since)),
    `, for ${durationText((now - since) / 1000)}`,
  ];
}

const linkWords = {
  open: 'live',
  lost: 'connection lost: trying again, nothing will be missed',
  old: 'the server has been updated: load the page again',
} as const;

/** Whether it is fine, why not, and since when. */
export function statusSection({ status, link, windows }: State, now: number): HTMLElement {
  const last = windows.at(-1);
  const live = status.ended ? 'the stream has ended' : linkWords[link];
  return h(
    'section',
    { class: `status ${status.verdict}`, 'aria-labelledby': 'status-title' },
    h('h2', { id: 'status-title', class: 'sr' }, 'Status'),
    h('p', { class: 'verdict' }, badge(status.verdict), h('span', { class: 'since' }, sinceWords(status, now))),
    h('p', { class: 'why' }, typeset(status.why)),
    h(
      'p',
      { class: 'soft' },
      h('span', { class: `link ${status.ended ? 'ended' : link}` }, live),
      link === 'old' ? h('button', { 'data-do': 'reload' }, 'Load again') : null,
      last ? ` · window ${last.report.window} closed ${timeText(last.at)}` : null,
      status.correction === null
        ? ' · no correction in effect'
        : ` · correction ${status.correction.slice(0, 8)} in effect`,
      status.injection
        ? [' · done on purpose: ', typeset(status.injection.words), ` (window ${status.injection.window})`]
        : null,
    ),
  );
}
