import { h, typeset, type Child } from './dom.js';
import { patchChildren } from './patch.js';
import type { State } from './store.js';
import { themeTitle } from './theme.js';

const slot = (id: string): HTMLElement => h('div', { id });

/** The parts of the page that stay; what is in them is patched. */
export interface Skeleton {
  readonly top: HTMLElement;
  /** What is read out: when the reader pauses, and at once. */
  readonly polite: HTMLElement;
  readonly urgent: HTMLElement;
  readonly status: HTMLElement;
  readonly firing: HTMLElement;
  readonly regimes: HTMLElement;
  readonly timeline: HTMLElement;
  readonly strip: HTMLElement;
  readonly controls: HTMLElement;
  readonly tabs: HTMLElement;
  readonly panel: HTMLElement;
}

/** Makes the page's document. */
export function createSkeleton(): Skeleton {
  const [strip, controls] = [h('div', { id: 'strip', role: 'img' }), slot('controls')];
  const title = h('h2', { id: 'timeline-title' }, 'Windows ', h('small', {}, 'bias of each regime; drag to select'));
  const parts: Skeleton = {
    ...{ top: slot('top'), status: slot('status'), firing: slot('firing'), regimes: slot('regimes') },
    ...{ strip, controls, tabs: slot('tabs'), panel: slot('panel') },
    polite: h('p', { id: 'news', class: 'sr', role: 'status', 'aria-live': 'polite' }),
    urgent: h('p', { id: 'urgent', class: 'sr', role: 'alert' }),
    timeline: h('section', { 'aria-labelledby': 'timeline-title', id: 'timeline' }, title, strip, controls),
  };
  const { top, polite, urgent, status, firing, regimes, timeline, tabs, panel } = parts;
  const figures = h('section', { 'aria-labelledby': 'panel-title' }, panel);
  const links = [h('a', { href: '/metrics' }, 'Metrics'), ' · ', h('a', { href: '/api/status' }, 'Status as JSON')];
  document.body.replaceChildren(
    h('header', {}, top),
    h('main', {}, polite, urgent, status, firing, regimes, timeline, tabs, figures),
    h('footer', {}, h('p', { class: 'soft' }, 'An error is a standard error (68 %). ', links)),
  );
  return parts;
}

/** Makes the inside of a part this, and keeps of it what is the same. */
export const show = (part: HTMLElement, ...children: readonly Child[]): void => {
  patchChildren(part, h('div', {}, children));
};

export const topBar = ({ description }: State): Child => [
  h('a', { class: 'skip', href: '#panel', 'data-do': 'skip' }, 'Skip to the figures'),
  h('h1', {}, typeset(description.title)),
  h('p', { class: 'soft' }, `${description.pipeline} · ${description.source} · windows ${description.window}`),
  h('button', { 'data-do': 'theme', class: 'theme' }, themeTitle()),
];
