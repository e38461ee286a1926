import type { ProbeRow, Report } from '../../schemas/report.js';
import { eventFamilies } from './event_families.js';
import { family, withError, type Family } from './family.js';
import { analysisFamilies } from './analysis_families.js';
import { fooledFamilies } from './probe_families.js';
import { QUALITY } from './quality.js';

/**
 * A report as metrics: exact counts, and gauges with their errors beside them; what is not known is absent, never 0.
 * The regime 'all' is the union of the regimes.
 */
export function reportFamilies(report: Report): Family[] {
  return [
    ...countFamilies(report),
    ...(report.regimes ? regimeFamilies(report.regimes) : []),
    ...responseFamilies(report),
    ...peakFamilies(report),
    ...analysisFamilies(report),
    ...lastWindowFamilies(report),
    ...reportProbeFamilies(report),
  ];
}

function countFamilies({ events, regimes }: Report): Family[] {
  return [
    ...eventFamilies(events),
    family(
      'regime_events_total',
      (regimes?.map ?? []).map(({ id, n }) => [{ regime: String(id) }, n]),
    ),
  ];
}

function regimeFamilies({ map, version }: NonNullable<Report['regimes']>): Family[] {
  const rows = (of: (regime: (typeof map)[number]) => number | null) =>
    map.map((regime) => [{ regime: String(regime.id) }, of(regime)] as const);
  return [
    family(
      'regime_share_ratio',
      rows(({ share }) => share),
    ),
    family(
      'regime_share_low_ratio',
      rows(({ shareInterval }) => shareInterval.low),
    ),
    family(
      'regime_share_high_ratio',
      rows(({ shareInterval }) => shareInterval.high),
    ),
    family(
      'regime_info',
      map.map(({ id, label }) => [{ regime: String(id), label }, 1]),
    ),
    family('model_info', [[{ version }, 1]]),
  ];
}

/** Raw response of all events; what a correction leaves is known of the test events alone, and so is what was there. */
function responseFamilies({ response = [] }: Report): Family[] {
  const whole = response.filter(({ split, stage }) => split === (stage === 'raw' ? 'all' : 'test'));
  const rows = <Found>(of: (row: (typeof whole)[number]) => Found) =>
    whole.map((row) => [{ regime: String(row.regime), stage: row.stage }, of(row)] as const);
  return [
    ...withError(
      'response_bias_ratio',
      rows(({ bias }) => bias),
    ),
    ...withError(
      'response_median_ratio',
      rows(({ median }) => median),
    ),
    ...withError(
      'response_sigma68_ratio',
      rows(({ sigma68 }) => sigma68),
    ),
    family(
      'response_tail_ratio',
      rows(({ tail }) => tail.value),
    ),
    family(
      'response_tail_low_ratio',
      rows(({ tail }) => tail.low),
    ),
    family(
      'response_tail_high_ratio',
      rows(({ tail }) => tail.high),
    ),
    family(
      'response_events',
      rows(({ n }) => n),
    ),
  ];
}

function peakFamilies({ peak = [] }: Report): Family[] {
  const reco = peak.filter(({ series }) => series === 'reco');
  return withError(
    'peak_position',
    reco.map(({ regime, position }) => [{ regime: String(regime) }, position]),
  );
}

/** Quality and alarms after the last window. */
function lastWindowFamilies({ timeline, quality = [] }: Report): Family[] {
  return [
    family(
      'quality',
      quality.map(({ regime, verdict }) => [{ regime: String(regime) }, QUALITY[verdict]]),
    ),
    family(
      'check_alarm',
      (timeline?.checks ?? []).map(({ check, quantity, regime, alarms }) => [
        { check, quantity, regime: String(regime) },
        alarms.some(({ cleared }) => cleared === null) ? 1 : 0,
      ]),
    ),
    family('window_events', [[{}, timeline?.windows.at(-1)?.n]]),
  ];
}

/** Probes of all windows together. */
function reportProbeFamilies({ probes = [] }: Report): Family[] {
  const whole = probes.filter(({ window }) => window === null);
  const rows = whole.map((row) => [labelsOf(row), row] as const);
  return [
    ...fooledFamilies(rows),
    family(
      'probe_quality',
      rows.map(([labels, { verdict }]) => [labels, QUALITY[verdict]]),
    ),
  ];
}

const labelsOf = ({ probe, model, regime }: ProbeRow) => ({ probe, model, regime: String(regime) });
