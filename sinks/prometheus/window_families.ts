import { wilson } from '../../operators/response/wilson.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { contextFamilies } from './context_families.js';
import { family, withError, type Family, type Value } from './family.js';
import { QUALITY } from './quality.js';

/** What is known of a closed window: each value with its error beside it, nothing where it is not known. */
export function windowFamilies(report: WindowReport): Family[] {
  const { regimes, events, window, alarms } = report;
  return [
    family('window_number', [[{}, window]]),
    family('window_events', [[{}, events]]),
    family(
      'regime_info',
      regimes.map(({ regime, label }) => [{ regime: String(regime), label }, 1]),
    ),
    family(
      'window_regime_events',
      byRegime(regimes, ({ n }) => n),
    ),
    family(
      'regime_share_ratio',
      byRegime(regimes, ({ share }) => share),
    ),
    family(
      'regime_share_error_ratio',
      byRegime(regimes, ({ share }) => shareError(share, events)),
    ),
    ...regimeFamilies(regimes),
    ...referenceFamilies(regimes),
    family(
      'quality',
      byRegime(regimes, ({ verdict }) => QUALITY[verdict]),
    ),
    family(
      'check_alarm',
      alarms.map(({ check, quantity, regime }) => [{ check, quantity, regime: String(regime) }, 1]),
    ),
    ...contextFamilies(report),
  ];
}

type Regime = WindowReport['regimes'][number];

const byRegime = <Found>(regimes: readonly Regime[], of: (row: Regime) => Found) =>
  regimes.map((row) => [{ regime: String(row.regime) }, of(row)] as const);

/** Half of the Wilson interval (68 %): √(p(1 − p)/n) for large n, and not 0 at p = 0. */
function shareError(share: number | null, n: number): Value {
  if (share === null || n === 0) return null;
  const { low, high } = wilson(share, n);
  return (high - low) / 2;
}

function regimeFamilies(regimes: readonly Regime[]): Family[] {
  const staged = <Found>(of: (row: Regime | NonNullable<Regime['corrected']>) => Found) =>
    regimes.flatMap((row) => [
      [{ regime: String(row.regime), stage: 'raw' }, of(row)] as const,
      ...(row.corrected ? [[{ regime: String(row.regime), stage: 'corrected' }, of(row.corrected)] as const] : []),
    ]);
  const tail = (of: (found: NonNullable<Regime['tail']>) => number | null) =>
    regimes.map((row) => [{ regime: String(row.regime), stage: 'raw' }, row.tail && of(row.tail)] as const);
  return [
    ...withError(
      'response_bias_ratio',
      staged(({ bias }) => bias),
    ),
    ...withError(
      'response_core_ratio',
      staged(({ core }) => core),
    ),
    ...withError(
      'response_median_ratio',
      staged(({ median }) => median),
    ),
    ...withError(
      'response_sigma68_ratio',
      staged(({ sigma68 }) => sigma68),
    ),
    family(
      'response_tail_ratio',
      tail(({ value }) => value),
    ),
    family(
      'response_tail_low_ratio',
      tail(({ low }) => low),
    ),
    family(
      'response_tail_high_ratio',
      tail(({ high }) => high),
    ),
    ...withError(
      'locality_pull_mean',
      byRegime(regimes, ({ pullMean }) => pullMean),
    ),
    ...withError(
      'locality_pull_width',
      byRegime(regimes, ({ pullWidth }) => pullWidth),
    ),
    ...withError(
      'peak_position',
      byRegime(regimes, ({ peak }) => peak),
    ),
  ];
}

/** Of the windows that the checks learned from. */
function referenceFamilies(regimes: readonly Regime[]): Family[] {
  return [
    ...withError(
      'reference_core_ratio',
      byRegime(regimes, ({ reference }) => reference?.core),
    ),
    ...withError(
      'reference_sigma68_ratio',
      byRegime(regimes, ({ reference }) => reference?.sigma68),
    ),
    ...withError(
      'reference_share_ratio',
      byRegime(regimes, ({ reference }) => reference?.share),
    ),
    ...withError(
      'reference_peak_position',
      byRegime(regimes, ({ reference }) => reference?.peak),
    ),
  ];
}
