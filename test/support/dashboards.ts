import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataSourceRef, GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { grafanaDashboards } from '../../dashboards/dashboards.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import type { Pipeline } from '../../schemas/pipeline.js';

const folder = new URL('../../pipelines/', import.meta.url);

/** The pipelines that come with the program. */
export const bundled = (): Promise<Pipeline[]> =>
  Promise.all(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map(async (file) => (await loadPipeline(fileURLToPath(new URL(file, folder)))).pipeline),
  );

/** The benchmark's pipeline with entries set otherwise. */
export const dilepton = async (...overrides: string[]): Promise<Pipeline> =>
  (await loadPipeline(fileURLToPath(new URL('dilepton.yaml', folder)), overrides)).pipeline;

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly legendFormat?: string;
  readonly datasource: DataSourceRef;
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPos;
  readonly repeat?: string;
  readonly datasource?: DataSourceRef;
  readonly targets?: readonly Target[];
  readonly transformations?: readonly { readonly id: string; readonly options: Record<string, unknown> }[];
  readonly options?: Record<string, unknown>;
  readonly fieldConfig?: {
    readonly defaults: Record<string, unknown>;
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
    }[];
  };
}

export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly panels: readonly PanelJson[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly definition?: string }[];
  };
  readonly annotations: {
    readonly list: readonly { readonly name: string; readonly expr: string; readonly datasource: DataSourceRef }[];
  };
  readonly links: readonly { readonly title: string; readonly type: string; readonly url?: string }[];
}

/** The dashboards as Grafana reads them. */
export const parsed = (pipeline: Pipeline): DashboardJson[] =>
  grafanaDashboards(pipeline).map(({ json }) => JSON.parse(json) as DashboardJson);

/** Every query of a dashboard: of panels, annotations and variables, and where it is. */
export const queriesOf = ({
  uid,
  panels,
  annotations,
  templating,
}: DashboardJson): { where: string; expr: string }[] => [
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ where: `${uid}: ${title} ${refId}`, expr })),
  ),
  ...annotations.list.map(({ name, expr }) => ({ where: `${uid}: annotation ${name}`, expr })),
  ...templating.list.flatMap(({ name, definition }) => {
    const inner = /^(?:label_values|query_result)\((.*?)(?:, \w+)?\)$/.exec(definition ?? '')?.[1];
    return inner === undefined ? [] : [{ where: `${uid}: variable ${name}`, expr: inner }];
  }),
];

/** A query as Prometheus gets it: variables and intervals filled in, as Grafana does. */
export function filledIn(expr: string, values: Readonly<Record<string, string>>, seconds: number): string {
  const all: Record<string, string> = {
    ...values,
    __rate_interval: `${4 * seconds}s`,
    __interval: `${seconds}s`,
    __range: `${60 * seconds}s`,
  };
  return expr.replace(/\$(\w+)/g, (whole, name: string) => all[name] ?? whole);
}
