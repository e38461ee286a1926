import { format } from 'prettier';
import { METRICS, PREFIX, type MetricDefinition } from './metrics.js';

/** Sections of the page: what the metrics of each are. */
const SECTIONS = {
  worker: `## Of a worker

Exact state and health. Counters are functions of the events, as far as the state is saved: a worker that is killed and started again counts on from its checkpoint and never goes back, so \`increase()\` is right over a restart. Counts of events go with their partition from worker to worker: their sum over the workers is exact at any time; \`increase()\` of one worker sees a partition that comes or goes as events.`,
  window: `## Of the last closed window

Known to the worker that closes the windows, so to one of a group. Each value stands beside its standard error or its interval.`,
  report: `## Of a report alone

What \`replay --serve\` has beside the metrics marked with * above, which are then of the whole sample.`,
} as const;

const HEAD = `# Metrics

\`watch\`, \`live\` and \`replay\` with \`--serve PORT\` answer \`/metrics\` for Prometheus: in OpenMetrics 1.0 where the request's \`Accept\` asks for it, with the number of the window as exemplar of \`regimewatch_batch_seconds\`, else in the text format 0.0.4. Every metric has the label \`pipeline\` beside its own; no label holds an event or a run. What is not known is absent and never 0. With four regimes and two context variables there are fewer than 1,000 series.

Responses are shares: 0.01 is 1 %. \`regime\` is the number of the regime, which \`regimewatch_regime_info\` gives its name; in a report \`all\` is the union of the regimes. \`stage\` is \`raw\` or \`corrected\`: after the correction in effect, and equal to raw where none is. A join gives the names:

\`\`\`promql
regimewatch_response_core_ratio{stage="corrected"}
  * on(pipeline, regime) group_left(label) regimewatch_regime_info
\`\`\`

The usual metrics of the process (\`process_*\`, \`nodejs_*\`) are beside them. Alerts over these metrics: [alerts](alerts.md).`;

/** Not of the number itself: it is said in the row of its value. */
const isError = (name: string): boolean =>
  Object.values<MetricDefinition>(METRICS).some(({ error, interval }) => error === name || interval?.includes(name));

function rowOf([name, metric]: readonly [string, MetricDefinition]): string {
  const { labels, help, absent, error, interval, type, whole } = metric;
  const beside = error ? [error] : (interval ?? []);
  const words = [
    help,
    ...(absent ? [`absent: ${absent}`] : []),
    ...(beside.length > 0 ? [`beside: ${beside.map((each) => `\`${each}\``).join(', ')}`] : []),
  ];
  return `| \`${name}\`${whole ? ' *' : ''} | ${type} | ${labels.join(', ')} | ${words.join('; ')} |`;
}

/** The page docs/metrics.md. */
export async function metricsPage(): Promise<string> {
  const all = Object.entries<MetricDefinition>(METRICS).filter(([name]) => !isError(name));
  const sections = (['worker', 'window', 'report'] as const).map((of) =>
    [
      SECTIONS[of],
      '',
      `| ${PREFIX}… | type | labels | what it is |`,
      '| --- | --- | --- | --- |',
      ...all.filter(([, metric]) => metric.of === of).map(rowOf),
    ].join('\n'),
  );
  return format([HEAD, ...sections].join('\n\n'), { parser: 'markdown' });
}
