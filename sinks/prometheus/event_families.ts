import { family, type Family } from './family.js';

export interface EventCounts {
  readonly read: number;
  readonly used: number;
  readonly late: number;
  readonly duplicate: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** Events by what became of them, and those that were rejected by reason. */
export function eventFamilies({ read, used, late, duplicate, rejected: byReason }: EventCounts): Family[] {
  const reasons = Object.entries(byReason);
  const rejected = reasons.reduce((sum, [, n]) => sum + n, 0);
  return [
    family(
      'events_total',
      Object.entries({ read, used, rejected, late, duplicate }).map(([outcome, n]) => [{ outcome }, n]),
    ),
    family(
      'rejected_total',
      reasons.map(([reason, n]) => [{ reason }, n]),
    ),
  ];
}
