import type { Pipeline } from '../../schemas/pipeline.js';
import { CELL, drillDown, eventsOf } from './names.js';
import { table, type Column } from './panels/table.js';
import { coloured } from './panels/thresholds.js';
import { verdictMappings } from './panels/verdict.js';
import { alerts, alertsSince, metric, named, one } from './promql.js';

/** What alerts watch: corrected where a correction is in effect. */
export const delivered = { stage: 'corrected' };

/** Of sigma68 over that of the windows that the checks learned from. */
export const growth = `${one(['regime'], metric('response_sigma68_ratio', delivered))} / ${one(['regime'], metric('reference_sigma68_ratio'))} - 1`;

/** What fires, where, and since when. */
export function alertTable({ alerts: { runbooks } }: Pipeline) {
  const since = one(
    ['alertname', 'severity', 'regime'],
    `${alertsSince()} and ignoring (alertstate) ${alerts({ alertstate: 'firing' })}`,
  );
  return table({
    title: 'Alerts',
    description: `Alerts that fire and since when their condition holds. What each means and what to do: ${runbooks}`,
    size: [10, 8],
    ...(/^https?:/.test(runbooks)
      ? { leads: { label: 'alertname', links: [{ title: 'What to do', url: `${runbooks}\${__value.text}.md` }] } }
      : {}),
    rows: { alertname: 'Alert', regime: 'Regime', label: 'Called', severity: 'Severity' },
    columns: [
      {
        expr: `1000 * (${named(since)} or on (alertname, severity, regime) ${since})`,
        ...{ legend: 'Since', unit: 'dateTimeAsIsoNoDateIfToday' },
      },
    ],
  });
}

const ofRow = (expr: string): string => named(one(['regime'], expr));

/** A row a regime: verdict, share and delivered response, with their errors. */
export function regimeTable(pipeline: Pipeline) {
  const { bias, sigma68 } = pipeline.alerts;
  const percent = { unit: 'percentunit', decimals: 2 };
  const core = metric('response_core_ratio', delivered);
  const response: Column[] = [
    { ...percent, legend: 'Bias', expr: ofRow(core) },
    { ...percent, legend: '± bias', expr: ofRow(metric('response_core_error_ratio', delivered)) },
    {
      ...{ ...percent, legend: '|Bias|', limits: coloured(bias) },
      expr: named(`abs(${one(['regime'], core)})`),
    },
    { ...percent, legend: 'σ68', expr: ofRow(metric('response_sigma68_ratio', delivered)) },
    { ...percent, legend: '± σ68', expr: ofRow(metric('response_sigma68_error_ratio', delivered)) },
    {
      ...{ ...percent, legend: 'σ68 growth', limits: coloured(sigma68) },
      expr: named(growth),
    },
  ];
  return table({
    title: 'Regimes now',
    description:
      'The last closed window: share, and the delivered response (corrected where a correction is in effect) with its errors. σ68 growth is over the windows that the checks learned from.',
    size: [14, 8],
    rows: { regime: 'Regime', label: 'Called' },
    columns: [
      {
        legend: 'Verdict',
        unit: 'none',
        mappings: verdictMappings(),
        expr: ofRow(metric('quality')),
        links: [drillDown(pipeline, CELL), eventsOf(pipeline, CELL)],
      },
      { legend: 'Events', unit: 'short', expr: ofRow(metric('window_regime_events')) },
      { ...percent, legend: 'Share', expr: ofRow(metric('regime_share_ratio')) },
      { ...percent, legend: '± share', expr: ofRow(metric('regime_share_error_ratio')) },
      ...(pipeline.response ? response : []),
    ],
  });
}
