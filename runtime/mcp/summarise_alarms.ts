import type { PageAlert, StoredWindow } from '../../schemas/page.js';
import { pipelineOf } from '../history/period.js';
import { periodOf, provenanceOf, readingHistory } from './read_history.js';
import { findRegime, regimeFigures } from './regime_figures.js';
import type { McpSetting } from './setting.js';
import { figureOf, type Answer, type Statement } from './statement.js';

export interface SummariseAlarms {
  readonly pipeline?: string | undefined;
  /** Only alerts that fire now. */
  readonly firing?: boolean | undefined;
  readonly most?: number | undefined;
}

/** Alerts, newest first, and the checks in alarm after the newest window; each with its numbers. */
export const summariseAlarms = (setting: McpSetting, asked: SummariseAlarms): Promise<Answer> =>
  readingHistory(setting, undefined, async (history) => {
    const pipeline = await pipelineOf(history, asked.pipeline);
    const period = await periodOf(history, pipeline, '-1:');
    const newest = period.windows.at(-1)!;
    const stored = await history.alerts(pipeline, 1000);
    const alerts = stored.filter(({ state }) => !asked.firing || state === 'firing').slice(0, asked.most ?? 20);
    const statements = [
      verdictStatement(newest.report),
      ...alerts.map((alert) => alertStatement(alert, newest.report)),
      ...newest.report.alarms.map((alarm) => checkStatement(newest.report, alarm)),
    ];
    if (alerts.length === 0)
      statements.push({
        text: `No alert ${asked.firing ? 'fires' : 'is stored'}.`,
        figures: [{ name: 'alerts', value: 0 }],
      });
    return { statements, provenance: provenanceOf(setting, period) };
  });

function verdictStatement({ window, events, regimes }: StoredWindow['report']): Statement {
  const words = regimes.map(({ label, verdict, why }) => `${label} is ${verdict} (${why})`);
  return {
    text: `Newest window ${window}: ${words.join('; ')}.`,
    figures: [{ name: 'events', value: events, window }],
  };
}

const timeOf = (at: number): string => new Date(at).toISOString();

export function alertStatement(alert: PageAlert, report: StoredWindow['report']): Statement {
  const { name, state, summary, activeAt, resolvedAt, firedWindow, resolvedWindow, labels, limit, value } = alert;
  const since = firedWindow === null ? timeOf(activeAt) : `window ${firedWindow} (${timeOf(activeAt)})`;
  const until =
    resolvedAt === null
      ? ''
      : `, until ${resolvedWindow === null ? '' : `window ${resolvedWindow}, `}${timeOf(resolvedAt)}`;
  const regime = labels.regime === undefined ? undefined : findRegime(report, labels.regime);
  const acknowledged = alert.acknowledged ? `; acknowledged: ${alert.acknowledged.note}` : '';
  return {
    text: `${name} (${alert.severity}) ${state} since ${since}${until}: ${summary}${acknowledged}. Runbook: ${alert.runbook}`,
    figures: [
      { name: 'value of the alert', value, limit, ...(firedWindow === null ? {} : { window: firedWindow }) },
      ...(regime ? regimeFigures(report, regime) : []),
    ],
  };
}

function checkStatement(
  { window }: StoredWindow['report'],
  { check, quantity, regime, statistic, threshold, since, change }: StoredWindow['report']['alarms'][number],
): Statement {
  const where = regime === 'all' ? 'the regimes' : `regime ${regime}`;
  const of = { window, ...(regime === 'all' ? {} : { regime }) };
  return {
    text: `Check ${check} of ${quantity} in ${where} is in alarm${since === null ? '' : ` since window ${since}`}.`,
    figures: [{ name: 'statistic', value: statistic, limit: threshold, ...of }, ...figureOf('change', change, of)],
  };
}
