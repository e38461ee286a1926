import type { HistoryStore, PageAlert } from '../../schemas/page.js';

const ALERTS_KEPT = 500;

/** Alerts of before; those of a stream that does not go on (`next` is 0) have ended with it. */
export async function restoreAlerts(
  history: HistoryStore | null,
  pipeline: string,
  next: number | null,
  now: number,
): Promise<PageAlert[]> {
  const stored = (await history?.alerts(pipeline, ALERTS_KEPT)) ?? [];
  if (next !== 0) return stored;
  const over = { state: 'resolved', resolvedAt: now } as const;
  return stored.map((alert) => (alert.state === 'firing' ? { ...alert, ...over } : alert));
}
