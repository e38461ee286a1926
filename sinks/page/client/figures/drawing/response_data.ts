import type { WindowReport } from '../../../../../schemas/window_report.js';
import type { Stage, View } from '../../view.js';
import { combine, type Combined } from './combine.js';
import { cutDistribution, populated, shapeChiSquare, sumDistributions, type Distribution } from './distribution.js';
import { corrects, referenceReports, selectedReports } from './selection.js';

/** What lies beyond the drawn axis on one side. */
export interface Flow {
  readonly side: 'under' | 'over';
  readonly count: number;
}

/** What the response figure shows. */
export interface ResponseData {
  readonly stage: Stage;
  readonly reports: readonly WindowReport[];
  readonly referenceReports: readonly WindowReport[];
  readonly selected: Distribution;
  readonly reference: Distribution | null;
  /** The selected windows in the stage that is not looked at, where it differs. */
  readonly other: { readonly stage: Stage; readonly distribution: Distribution } | null;
  /** Events of the selected windows over those of the reference. */
  readonly scale: number;
  readonly flows: readonly Flow[];
  readonly chi: { readonly chi2: number; readonly ndf: number } | null;
  readonly core: Combined;
  readonly sigma68: Combined;
}

/** Null: no event of a selected window has a response. */
export function responseData(view: View): ResponseData | null {
  const { regime } = view;
  const reports = selectedReports(view);
  // Both stages are the same without a correction: drawn as raw, as in the other figures.
  const stage: Stage = corrects(reports) ? view.stage : 'raw';
  const beside: Stage = stage === 'raw' ? 'corrected' : 'raw';
  const all = sumDistributions(reports, regime, stage);
  if (!all || all.n === 0) return null;
  const same = (one: Distribution | null) =>
    one && one.n > 0 && one.low === all.low && one.counts.length === all.counts.length ? one : null;
  const before = same(sumDistributions(referenceReports(view), regime, stage));
  const second = corrects(reports) ? same(sumDistributions(reports, regime, beside)) : null;
  const [from, to] = populated([all, before, second].filter((one) => one !== null));
  const cut = (one: Distribution) => cutDistribution(one, from, to);
  const [selected, reference] = [cut(all), before && cut(before)];
  const flows: Flow[] = (['under', 'over'] as const).flatMap((side) =>
    selected[side] + (reference?.[side] ?? 0) > 0 ? [{ side, count: selected[side] }] : [],
  );
  const numbers = (pick: 'core' | 'sigma68') =>
    combine(
      reports
        .flatMap(({ regimes }) => regimes)
        .filter((row) => regime === null || row.regime === regime)
        .map((row) => ({ n: row.n, estimate: stage === 'raw' ? row[pick] : row.corrected?.[pick] })),
    );
  return {
    ...{ stage, reports, referenceReports: referenceReports(view), selected, reference },
    other: second && { stage: beside, distribution: cut(second) },
    scale: reference ? selected.n / reference.n : 1,
    ...{ flows, chi: reference && shapeChiSquare(selected, reference) },
    ...{ core: numbers('core'), sigma68: numbers('sigma68') },
  };
}
