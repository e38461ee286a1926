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

/** In how many of the windows a correction was in effect, where it was not in all or none; else null. */
export function correctedWords(reports: readonly WindowReport[]): string | null {
  const n = reports.filter(({ correction }) => correction !== null).length;
  return n === 0 || n === reports.length ? null : `a correction was in effect in ${n} of ${reports.length} windows`;
}

/** Windows with a correction in effect whose reports lack what it left, in words; null: there is none. */
export function lackingWords(
  reports: readonly WindowReport[],
  lacks: (report: WindowReport) => boolean,
): string | null {
  const n = reports.filter((report) => report.correction !== null && lacks(report)).length;
  if (n === 0) return null;
  return `corrected is without ${n} window${n === 1 ? '' : 's'} whose reports do not have it by cell or bin`;
}

/** What a figure says that cannot follow the choice of a regime; null: none is chosen. */
export const ofAllRegimes = ({ regime }: View): string | null =>
  regime === null ? null : `all regimes together, not regime ${regime} alone: reports do not have it by regime`;

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
