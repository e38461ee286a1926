import type { Markish } from '@observablehq/plot';
import type { WindowReport } from '../../../../../schemas/window_report.js';
import type { View } from '../../view.js';
import type { Canvas } from './canvas.js';
import { ALERT, quiet } from './inks.js';
import type { LegendEntry } from './legend.js';
import type { Domain } from './panel.js';

/** Windows (report.index) at which something happened. */
export interface Happenings {
  readonly fired: readonly number[];
  readonly resolved: readonly number[];
  readonly corrections: readonly number[];
  readonly injection: readonly number[];
}

/** Alerts that no other explains, corrections accepted, what was done on purpose. */
export function happenings({ alerts, status }: View, reports: readonly WindowReport[]): Happenings {
  const at = (window: number | null): number[] => {
    const found = reports.find((report) => report.window === window);
    return found ? [found.index] : [];
  };
  const shown = alerts.filter(({ inhibitedBy, state }) => inhibitedBy === null && state !== 'pending');
  return {
    fired: shown.flatMap(({ firedWindow }) => at(firedWindow)),
    resolved: shown.flatMap(({ resolvedWindow }) => at(resolvedWindow)),
    corrections: reports.flatMap(({ index, online }) =>
      online.some(({ kind }) => kind === 'accepted') ? [index] : [],
    ),
    injection: at(status.injection?.window ?? null),
  };
}

/** Lines through a panel, and at its top (`range`: of its vertical axis; null: not here) triangles for the alerts. */
export function happeningMarks(view: View, { plot }: Canvas, events: Happenings, range: Domain | null): Markish[] {
  const lines = [
    plot.ruleX(events.corrections, { stroke: '#5790fc', strokeDasharray: '6 3', strokeWidth: 1.4 }),
    plot.ruleX(events.injection, { stroke: quiet(view), strokeDasharray: '2 3', strokeWidth: 1.6 }),
  ];
  if (!range) return lines;
  const top = (indices: readonly number[]) => indices.map((x) => ({ x, y: range[1] - 0.06 * (range[1] - range[0]) }));
  const triangle = { x: 'x', y: 'y', symbol: 'triangle', r: 5 } as const;
  return [
    ...lines,
    plot.dot(top(events.fired), { ...triangle, fill: ALERT, ariaDescription: 'alerts fired' }),
    plot.dot(top(events.resolved), {
      ...{ ...triangle, rotate: 180, stroke: ALERT, strokeWidth: 1.6 },
      ariaDescription: 'alerts resolved',
    }),
  ];
}

export function happeningEntries(view: View, { fired, resolved, corrections, injection }: Happenings): LegendEntry[] {
  return [
    ...(fired.length > 0 ? [{ mark: 'up', colour: ALERT, words: 'alert fired' } as const] : []),
    ...(resolved.length > 0 ? [{ mark: 'down', colour: ALERT, words: 'resolved' } as const] : []),
    ...(corrections.length > 0
      ? [{ mark: 'line', dash: '6 3', colour: '#5790fc', words: 'correction accepted' } as const]
      : []),
    ...(injection.length > 0
      ? [{ mark: 'line', dash: '2 3', colour: quiet(view), words: view.status.injection?.words ?? '' } as const]
      : []),
  ];
}
