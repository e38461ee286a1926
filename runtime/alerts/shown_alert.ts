import { wordsOf } from '../../operators/alerts/words_of.js';
import type { AlertRule, AlertState, Scrape } from '../../operators/alerts/types.js';
import { contentHash } from '../../operators/summaries/codec.js';
import type { PageAlert } from '../../schemas/page.js';

interface Shown {
  readonly state: AlertState;
  readonly rule: AlertRule;
  readonly inhibitedBy: string | null;
  readonly runbooks: string;
  readonly window: number | null;
  readonly scrape: Scrape;
}

/**
 * An alert as the page shows it. The id is a hash of rule, labels and the instant from which the condition holds, so that
 * it is the same after a restart; a value that is unknown for now stays what it last was.
 */
export function shownAlert(
  { state, rule, inhibitedBy, runbooks, window, scrape }: Shown,
  before: PageAlert | undefined,
): PageAlert {
  const activeAt = Math.round(state.activeAt * 1000);
  return {
    id: before?.id ?? contentHash([rule.name, Object.entries(state.labels).sort(), activeAt]).slice(0, 16),
    ...{ name: rule.name, severity: rule.severity, state: state.state, labels: state.labels, activeAt },
    firedAt: state.firedAt === null ? null : Math.round(state.firedAt * 1000),
    resolvedAt: null,
    firedWindow: before?.firedWindow ?? (state.state === 'firing' ? window : null),
    resolvedWindow: null,
    summary: wordsOf(rule.summary, state, scrape),
    description: wordsOf(rule.description, state, scrape),
    value: Number.isFinite(state.value) ? state.value : (before?.value ?? 0),
    limit: rule.limit ?? null,
    runbook: `${runbooks}${rule.name}.md`,
    inhibitedBy,
    acknowledged: before?.acknowledged ?? null,
  };
}

/** One that has ended, with the words that it had last. */
export const resolvedAlert = (alert: PageAlert, time: number, window: number | null): PageAlert => ({
  ...alert,
  ...{ state: 'resolved', resolvedAt: Math.round(time * 1000), resolvedWindow: window, inhibitedBy: null },
});
