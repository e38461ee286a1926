import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Pipeline } from '../../schemas/pipeline.js';
import { metric } from './promql.js';

export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

export const datasource = () =>
  new DatasourceVariableBuilder('datasource')
    .label('Data source')
    .type('prometheus')
    .current({ text: 'default', value: 'default' });

/** One value: units, bins and limits of the dashboard are those of this pipeline, so another has dashboards of its own. */
export const pipelineVariable = ({ pipeline }: Pipeline) =>
  new CustomVariableBuilder('pipeline')
    .label('Pipeline')
    .values(pipeline)
    .allowCustomValue(false)
    .options([{ selected: true, text: pipeline, value: pipeline }])
    .current({ text: pipeline, value: pipeline });

/** How Grafana stores a query of a variable of Prometheus: 1 label values, 3 the samples of a query. */
const LABEL_VALUES = 1;
const QUERY_RESULT = 3;

const query = (name: string, label: string, qryType: number, text: string) =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query({ qryType, query: text, refId: `variable-${name}` })
    .definition(text)
    // With the time range, so that the regimes of the past are found there.
    .refresh(VariableRefresh.OnTimeRangeChanged);

const several = (builder: QueryVariableBuilder) =>
  builder
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ text: ['All'], value: ['$__all'] });

/** The number of a regime is the value, what it is called the text. */
export const regimeVariable = () =>
  several(
    query('regime', 'Regime', QUERY_RESULT, `query_result(${metric('regime_info', { regime: null })})`)
      .regex('/label="(?<text>[^"]+)".*regime="(?<value>[^"]+)"/')
      .sort(VariableSort.Disabled),
  );

export const instanceVariable = () =>
  several(
    query('instance', 'Instance', LABEL_VALUES, `label_values(${metric('build_info')}, instance)`).sort(
      VariableSort.NaturalAsc,
    ),
  );

export const probeVariable = () =>
  several(
    query(
      'probe',
      'Probe',
      LABEL_VALUES,
      `label_values(${metric('probe_events_total', { regime: null })}, probe)`,
    ).sort(VariableSort.NaturalAsc),
  );
