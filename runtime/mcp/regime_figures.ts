import type { StoredWindow } from '../../schemas/page.js';
import { figureOf, type Figure } from './statement.js';

type Regime = StoredWindow['report']['regimes'][number];

/** Every number that a window has of a regime. */
export function regimeFigures(report: StoredWindow['report'], row: Regime): Figure[] {
  const of = { regime: row.regime, window: report.window, n: row.n };
  const shareError = row.share === null ? null : Math.sqrt((row.share * (1 - row.share)) / report.events);
  return [
    { name: 'share', value: row.share, error: shareError, ...of },
    ...figureOf('raw core', row.core, of),
    ...(report.correction === null ? [] : figureOf('delivered core', row.corrected?.core, of)),
    ...figureOf('sigma68', row.sigma68, of),
    ...figureOf('mean pull', row.pullMean, of),
    ...figureOf('width of the pull', row.pullWidth, of),
    ...figureOf('peak', row.peak, of),
    ...figureOf('reference core', row.reference?.core, of),
    ...figureOf('reference sigma68', row.reference?.sigma68, of),
    ...figureOf('reference share', row.reference?.share, of),
  ];
}

/** The regime of that number, or of that label (upper and lower case alike). */
export const findRegime = ({ regimes }: StoredWindow['report'], wanted: string | number): Regime | undefined =>
  regimes.find(
    ({ regime, label }) => String(regime) === String(wanted) || label.toLowerCase() === String(wanted).toLowerCase(),
  );
