import type { PageAlert } from '../schemas/page.js';

/** An alert that fired or ended, in one line. */
export function alertLine({
  name,
  state,
  summary,
  firedWindow,
  resolvedWindow,
  inhibitedBy,
  runbook,
}: PageAlert): string {
  const at = (window: number | null): string => (window === null ? '' : ` at window ${window}`);
  if (state === 'resolved') {
    const since = firedWindow === null ? '' : `; it had fired${at(firedWindow)}`;
    return `alert ${name} ended${at(resolvedWindow)}: ${summary}${since}`;
  }
  const why = inhibitedBy === null ? '' : `, explained by ${inhibitedBy}`;
  return `alert ${name} fires${why}: ${summary}${at(firedWindow).replace(' at', ', since')}; see ${runbook}`;
}
