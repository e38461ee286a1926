import type { WindowReport } from '../../../../../schemas/window_report.js';
import type { Stage, View } from '../../view.js';

/** Reports of the windows that are looked at. */
export const selectedReports = ({ windows, selected: [first, last] }: View): WindowReport[] =>
  windows.map(({ report }) => report).filter(({ index }) => index >= first && index <= last);

export const referenceReports = ({ reference }: View): WindowReport[] => reference.map(({ report }) => report);

/** 'window 140', 'windows 140–152'. */
export function windowWords(reports: readonly WindowReport[]): string {
  const [first, last] = [reports[0], reports.at(-1)];
  if (!first || !last) return 'no window';
  return reports.length === 1 ? `window ${first.window}` : `windows ${first.window}–${last.window}`;
}

/** A correction was in effect in one of them: raw and corrected differ. */
export const corrects = (reports: readonly WindowReport[]): boolean =>
  reports.some(({ correction }) => correction !== null);

/** The stages that differ, that of the view last, so that it is drawn above. */
export function stagesOf({ stage }: View, reports: readonly WindowReport[]): readonly Stage[] {
  if (!corrects(reports)) return ['raw'];
  return stage === 'raw' ? ['corrected', 'raw'] : ['raw', 'corrected'];
}

/** How a stage is called in legends: what is delivered is raw as long as no correction is in effect. */
export const stageWords = (stage: Stage, reports: readonly WindowReport[]): string =>
  corrects(reports) ? stage : 'raw (no correction in effect)';

/** Regimes of the view, as they are numbered and called; of the newest window. */
export function regimesOf({ regime, windows }: View): { readonly regime: number; readonly label: string }[] {
  const known = windows.at(-1)?.report.regimes ?? [];
  return known.flatMap((row) =>
    regime === null || row.regime === regime ? [{ regime: row.regime, label: row.label }] : [],
  );
}

export const regimeWords = (view: View): string => {
  if (view.regime === null) return 'all regimes';
  return `regime ${view.regime} (${regimesOf(view)[0]?.label ?? 'unknown'})`;
};
