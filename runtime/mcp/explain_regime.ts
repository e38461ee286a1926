import { wrongPipeline } from '../../operators/problem.js';
import type { Report } from '../../schemas/report.js';
import type { StoredWindow } from '../../schemas/page.js';
import { formatEstimate } from '../../sinks/page/client/shared/format_estimate.js';
import { readReference } from '../read_reference.js';
import { periodOf, provenanceOf, readingHistory } from './read_history.js';
import { findRegime, regimeFigures } from './regime_figures.js';
import { confined, type McpSetting } from './setting.js';
import type { Answer, Figure, Statement } from './statement.js';

export interface ExplainRegime {
  readonly regime: string | number;
  readonly pipeline?: string | undefined;
  /** EPOCH@FROM:TO; the last window of it is explained. */
  readonly windows?: string | undefined;
  /** A report.json, which knows where the regime lies. */
  readonly report?: string | undefined;
}

type Regime = StoredWindow['report']['regimes'][number];

/** What a regime is, how it responds, what the checks say of it and why, in the last window of the period. */
export async function explainRegime(setting: McpSetting, asked: ExplainRegime): Promise<Answer> {
  const report = asked.report === undefined ? null : (await readReference(confined(setting, asked.report))).report;
  return readingHistory(setting, undefined, async (history) => {
    const period = await periodOf(history, asked.pipeline, asked.windows);
    const last = period.windows.at(-1)!.report;
    const row = findRegime(last, asked.regime);
    if (!row) {
      const there = last.regimes.map(({ regime, label }) => `${regime} (${label})`).join(', ');
      throw wrongPipeline(`regime ${asked.regime}: not in window ${last.window}; there are ${there}`);
    }
    const statements = [
      ...placeStatements(row, report, last.pipelineHash),
      responseStatement(last, row),
      verdictStatement(last, row, period.windows),
      ...againstReference(last, row),
      ...zoneStatements(last),
    ];
    return { statements, provenance: provenanceOf(setting, period) };
  });
}

/** Where its centroid lies, as the report has it, if that is of the same pipeline. */
function placeStatements({ regime, label }: Regime, report: Report | null, pipelineHash: string): Statement[] {
  const found = report?.regimes?.map.find(({ id }) => id === regime);
  if (!report || !found)
    return [{ text: `Regime ${regime} is called ${label}. Its centroid is not in the history.`, figures: [] }];
  const same = report.pipelineHash === pipelineHash && found.label === label;
  const figures = Object.entries(found.centroid).map(([name, value]): Figure => ({
    name: `centroid ${name}`,
    value,
    n: found.n,
    regime,
  }));
  const doubt = same ? '' : ' The report is of another pipeline or other models: it may be another regime.';
  return [
    { text: `Regime ${regime} is called ${label}; its centroid is that of the report's regimes.${doubt}`, figures },
  ];
}

function responseStatement(report: StoredWindow['report'], row: Regime): Statement {
  const { core, corrected, sigma68 } = row;
  const raw = core ? `the mean of the core of δ is ${formatEstimate(core.value, core.error)}` : 'δ is not known';
  const delivered =
    report.correction === null || !corrected
      ? 'no correction is in effect'
      : `${formatEstimate(corrected.core.value, corrected.core.error)} as delivered, after correction ${report.correction.slice(0, 12)}`;
  const width = sigma68 ? `, σ68 ${formatEstimate(sigma68.value, sigma68.error)}` : '';
  return {
    text: `In window ${report.window}, of ${row.n} events, ${raw}${width}; ${delivered}.`,
    figures: regimeFigures(report, row),
  };
}

/** Since when the verdict has been what it is, among the windows that were read. */
function verdictStatement(report: StoredWindow['report'], row: Regime, windows: readonly StoredWindow[]): Statement {
  const verdicts = windows.map((one) => findRegime(one.report, row.regime)?.verdict);
  const other = verdicts.findLastIndex((verdict) => verdict !== row.verdict);
  const since = windows[other + 1]!.report.window;
  const known = other < 0 ? 'at least since' : 'since';
  const alarms = report.alarms.filter(({ regime }) => regime === row.regime);
  return {
    text: `Its verdict is ${row.verdict} ${known} window ${since}: ${row.why}.`,
    figures: [
      { name: 'windows with this verdict', value: windows.length - 1 - other, regime: row.regime },
      ...alarms.map(({ check, quantity, statistic, threshold }): Figure => ({
        ...{
          name: `${check} of ${quantity}`,
          value: statistic,
          limit: threshold,
          regime: row.regime,
          window: report.window,
        },
      })),
    ],
  };
}

type Known = { readonly value: number; readonly error: number | null };
const isKnown = (one: Regime['core']): one is Known => typeof one?.value === 'number';

function againstReference({ window }: StoredWindow['report'], row: Regime): Statement[] {
  const { reference } = row;
  if (!reference) return [{ text: 'The checks have not learned a reference yet.', figures: [] }];
  const parts = (
    [
      ['core', row.core, reference.core],
      ['sigma68', row.sigma68, reference.sigma68],
      ['peak', row.peak, reference.peak],
    ] as const
  ).flatMap(([name, now, was]): Figure[] =>
    !isKnown(now) || !isKnown(was)
      ? []
      : [
          {
            name: `change of ${name}`,
            value: now.value - was.value,
            error:
              now.error === null || was.error === null
                ? null
                : Math.sqrt(now.error * now.error + was.error * was.error),
            ...{ regime: row.regime, window, n: row.n },
          },
        ],
  );
  return [{ text: 'Against the windows that the checks learned from, before correction:', figures: parts }];
}

const zoneStatements = ({ zones = [], window }: StoredWindow['report']): Statement[] =>
  zones.map(({ variable, quantity, onset, low, high, significance, reached }) => ({
    text: `The ${quantity} changes from ${variable} ${onset.toPrecision(4)} on (95 %: ${low.toPrecision(4)} to ${high.toPrecision(4)}).`,
    figures: [
      { name: 'onset', value: onset, window },
      { name: 'significance', value: significance, window },
      { name: `${quantity} reached`, value: reached, window },
    ],
  }));
