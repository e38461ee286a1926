import type { Report } from '../../schemas/report.js';
import type { GaugeRows } from './gauge_rows.js';

const levels = { null: 0, good: 1, medium: 2, bad: 3 };

/** Quality of the last window, and the alarms that are on. */
export function windowGauges({ timeline, quality = [] }: Report): GaugeRows[] {
  const on = (timeline?.checks ?? []).map(
    ({ check, quantity, regime, alarms }) =>
      [{ check, quantity, regime: String(regime) }, alarms.some(({ cleared }) => cleared === null) ? 1 : 0] as const,
  );
  return [
    {
      name: 'quality',
      help: 'Quality of the regime: 0 too little data, 1 good, 2 medium, 3 bad',
      rows: quality.map(({ regime, verdict }) => [{ regime: String(regime) }, levels[verdict]]),
    },
    { name: 'check_alarm', help: '1 while an alarm of the check is on, else 0', rows: on },
    {
      name: 'window_events',
      help: 'Events in the last closed window',
      rows: timeline ? [[{}, timeline.windows.at(-1)?.n ?? null]] : [],
    },
  ];
}
