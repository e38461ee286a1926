import { contentHash } from '../../operators/summaries/codec.js';
import type { Pipeline } from '../../schemas/pipeline.js';

/** The dashboards of a pipeline, in the order in which they are linked. */
export const KINDS = ['overview', 'regimes', 'context', 'probes', 'models', 'health'] as const;

export type Kind = (typeof KINDS)[number];

/** Longest uid that Grafana takes. */
const LONGEST = 40;

/** regimewatch-PIPELINE-KIND; of a long name the beginning and a hash. */
export function uidOf({ pipeline }: Pick<Pipeline, 'pipeline'>, kind: Kind): string {
  const uid = `regimewatch-${pipeline}-${kind}`;
  if (uid.length <= LONGEST) return uid;
  const end = `-${contentHash(pipeline).slice(0, 8)}-${kind}`;
  return `${`regimewatch-${pipeline}`.slice(0, LONGEST - end.length)}${end}`;
}

/** Address of the drill-down with data source and time kept; Grafana fills the variables in. */
export const drillDown = (pipeline: Pipeline, regime: string): { readonly title: string; readonly url: string } => ({
  title: 'Drill down into the regime',
  url: `/d/${uidOf(pipeline, 'regimes')}?\${datasource:queryparam}&var-regime=${regime}&\${__url_time_range}`,
});

/** Where the page shows the events behind a number of a regime. */
export const eventsOf = ({ alerts }: Pipeline, regime: string): { readonly title: string; readonly url: string } => ({
  title: 'Events behind it, on the page',
  url: `${alerts.page}#tab=events&regime=${regime}`,
});

/** The regime of the series that is pointed at, and of the row of a table that begins with it. */
export const LABEL = '${__field.labels.regime}';
export const CELL = '${__data.fields[0]}';
