import type { PageStatus } from '../../../schemas/page.js';
import type { State } from './store.js';

const verdictName = {
  null: 'not known: too little data',
  good: 'good',
  medium: 'medium',
  bad: 'bad',
} as const satisfies Record<PageStatus['verdict'], string>;

/** What there is to say of a change: a new verdict, alerts that fire or are over, another reference. */
export function newsOf(before: State, after: State): { urgent: boolean; text: string }[] {
  const news: { urgent: boolean; text: string }[] = [];
  if (before.status.verdict !== after.status.verdict) {
    news.push({ urgent: false, text: `Verdict ${verdictName[after.status.verdict]}: ${after.status.why}` });
  }
  const states = new Map(before.alerts.map(({ id, state }) => [id, state]));
  for (const { id, state, severity, name, summary, inhibitedBy } of after.alerts) {
    if (states.get(id) === state || inhibitedBy !== null) continue;
    if (state === 'firing') news.push({ urgent: severity === 'page', text: `Alert ${name}: ${summary}` });
    if (state === 'resolved' && states.has(id)) news.push({ urgent: false, text: `Resolved ${name}: ${summary}` });
  }
  const words = after.reference?.reference?.words;
  if (before.reference && words !== undefined && words !== before.reference.reference?.words)
    news.push({ urgent: false, text: `The reference is now ${words}` });
  return news;
}
