import type { Markish } from '@observablehq/plot';
import type { View } from '../../view.js';
import type { Canvas } from './canvas.js';
import { CALLED, type Happenings } from './happenings.js';
import { ALERT, onGround, quiet } from './inks.js';
import type { LegendEntry } from './legend.js';
import type { Domain } from './panel.js';

const COLOURS = { accepted: '#5790fc', models: '#964a8b' } as const;

/** Lines through a panel, and on its edges (`range`: of its vertical axis; null: not here) signs that say what happened. */
export function happeningMarks(view: View, { plot }: Canvas, happened: Happenings, range: Domain | null): Markish[] {
  const lines = [
    plot.ruleX(happened.accepted, { x: 'x', stroke: COLOURS.accepted, strokeDasharray: '6 3', strokeWidth: 1.4 }),
    plot.ruleX(happened.injection, { x: 'x', stroke: quiet(view), strokeDasharray: '2 3', strokeWidth: 1.6 }),
  ];
  if (!range) return lines;
  const at = (share: number): number => range[0] + share * (range[1] - range[0]);
  const signs = (kind: keyof Happenings, share: number, more: object): Markish =>
    plot.dot(happened[kind], {
      ...{ x: 'x', y: () => at(share), r: 5, title: 'words', ariaDescription: CALLED[kind][1], ...more },
    });
  const refits = quiet(view);
  return [
    ...lines,
    signs('fired', 0.94, { symbol: 'triangle', fill: ALERT }),
    signs('resolved', 0.94, { symbol: 'triangle', rotate: 180, stroke: ALERT, strokeWidth: 1.6 }),
    signs('refused', 0.06, { symbol: 'times', r: 4, stroke: refits, strokeWidth: 1.6 }),
    signs('rolledBack', 0.06, { symbol: 'square', r: 4, fill: ALERT }),
    signs('models', 0.06, { symbol: 'diamond', stroke: onGround(view, COLOURS.models), strokeWidth: 1.6 }),
  ];
}

export function happeningEntries(view: View, happened: Happenings): LegendEntry[] {
  const entries: readonly (readonly [keyof Happenings, LegendEntry])[] = [
    ['fired', { mark: 'up', colour: ALERT, words: 'alert fired' }],
    ['resolved', { mark: 'down', colour: ALERT, words: 'resolved' }],
    ['accepted', { mark: 'line', dash: '6 3', colour: COLOURS.accepted, words: 'correction accepted' }],
    ['refused', { mark: 'cross', colour: quiet(view), words: 'refit refused' }],
    ['rolledBack', { mark: 'back', colour: ALERT, words: 'rolled back' }],
    ['models', { mark: 'diamond', colour: onGround(view, COLOURS.models), words: 'other models' }],
    ['injection', { mark: 'line', dash: '2 3', colour: quiet(view), words: view.status.injection?.words ?? '' }],
  ];
  return entries.flatMap(([kind, entry]) => (happened[kind].length > 0 ? [entry] : []));
}
