import { wrongSample } from '../../operators/problem.js';
import type { PageAlert, StoredWindow } from '../../schemas/page.js';
import { pipelineOf } from '../history/period.js';
import { periodOf, provenanceOf, readingHistory } from './read_history.js';
import { findRegime, regimeFigures } from './regime_figures.js';
import { readRunbook, type Step } from './runbook.js';
import type { McpSetting } from './setting.js';
import type { Answer, Figure, Statement } from './statement.js';
import { alertStatement } from './summarise_alarms.js';

export interface NextChecks {
  /** Name or id of an alert; default the newest that fires. */
  readonly alert?: string | undefined;
  readonly pipeline?: string | undefined;
}

/** Words of a step, and the figures that it is about. */
const ABOUT: readonly (readonly [words: RegExp, figures: RegExp])[] = [
  [/correct|deliver|raw/i, /raw core|delivered core/],
  [/bias|shift|calibrat|\bmean\b|core/i, /core/],
  [/resolution|sigma68|σ68|width of δ|smear/i, /sigma68/],
  [/pull|local/i, /pull/],
  [/share|mix|composition|trigger/i, /share/],
  [/peak|mass/i, /peak/],
  [/reference|before/i, /reference/],
];

/** The steps of the alert's runbook, in its order, each with the numbers of now that it is about. */
export const nextChecks = (setting: McpSetting, asked: NextChecks): Promise<Answer> =>
  readingHistory(setting, undefined, async (history) => {
    const pipeline = await pipelineOf(history, asked.pipeline);
    const period = await periodOf(history, pipeline, '-1:');
    const { report } = period.windows.at(-1)!;
    const alert = chosen(await history.alerts(pipeline, 1000), asked.alert);
    const runbook = await readRunbook(setting.runbooks, alert.name);
    const regime = alert.labels.regime === undefined ? undefined : findRegime(report, alert.labels.regime);
    const known = regime ? regimeFigures(report, regime) : [];
    const value: Figure = { name: 'value of the alert', value: alert.value, limit: alert.limit };
    const steps = runbook.steps.map((step) => stepStatement(step, known, value, report));
    return { statements: [alertStatement(alert, report), ...steps], provenance: provenanceOf(setting, period) };
  });

function chosen(alerts: readonly PageAlert[], wanted: string | undefined): PageAlert {
  const found =
    wanted === undefined
      ? (alerts.find(({ state, inhibitedBy }) => state === 'firing' && inhibitedBy === null) ??
        alerts.find(({ state }) => state === 'firing') ??
        alerts[0])
      : alerts.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  const names = [...new Set(alerts.map(({ name }) => name))].join(', ');
  throw wrongSample(`alert ${wanted ?? ''}: not in the history; it has ${names || 'none'}`);
}

function stepStatement(step: Step, known: readonly Figure[], value: Figure, report: StoredWindow['report']): Statement {
  const wanted = ABOUT.filter(([words]) => words.test(step.text)).map(([, figures]) => figures);
  const figures = known.filter(({ name }) => wanted.some((pattern) => pattern.test(name)));
  const correction = /correct/i.test(step.text)
    ? ` (in effect: ${report.correction === null ? 'none' : report.correction.slice(0, 12)})`
    : '';
  return {
    text: `${step.section} ${step.number}: ${step.text}${correction}`,
    figures: figures.length > 0 ? figures : [value],
  };
}
