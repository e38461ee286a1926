import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type DashboardLink,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Pipeline } from '../../schemas/pipeline.js';
import { annotations } from './annotations.js';
import { classic, type Classic } from './classic.js';
import { laidOut, type Section } from './layout.js';
import { KINDS, uidOf, type Kind } from './names.js';
import { datasource, pipelineVariable, regimeVariable } from './variables.js';

const TAG = 'regimewatch';

/** That of Grafana 10.1: later ones bring it up to theirs, and an earlier one than the SDK's takes it as it is. */
const SCHEMA_VERSION = 39;

function visible(link: DashboardLinkBuilder): DashboardLink {
  const built = link.build();
  // The SDK would put it away into the menu.
  delete built.placement;
  return built;
}

const toDashboard = (pipeline: Pipeline, kind: Kind): DashboardLink =>
  visible(
    new DashboardLinkBuilder(kind)
      .type(DashboardLinkType.Link)
      .icon('dashboard')
      .url(`/d/${uidOf(pipeline, kind)}`)
      .includeVars(true)
      .keepTime(true),
  );

/** The other dashboards of the pipeline, those of other pipelines, and the page with the events behind the numbers. */
const links = (pipeline: Pipeline, kind: Kind): DashboardLink[] => [
  ...KINDS.filter((other) => other !== kind).map((other) => toDashboard(pipeline, other)),
  visible(
    new DashboardLinkBuilder('Other pipelines')
      .type(DashboardLinkType.Dashboards)
      .tags([TAG, 'overview'])
      .asDropdown(true)
      .keepTime(true),
  ),
  visible(
    new DashboardLinkBuilder('Live page')
      .type(DashboardLinkType.Link)
      .icon('external link')
      .tooltip('Figures of the windows and the events behind them')
      .url(pipeline.alerts.page)
      .targetBlank(true),
  ),
];

export interface Content {
  readonly title: string;
  readonly description: string;
  /** Beside data source, pipeline and regime. */
  readonly variables?: readonly Builder<VariableModel>[];
  readonly sections: readonly Section[];
}

/** What all dashboards have in common, around the panels of one. */
export function dashboard(pipeline: Pipeline, kind: Kind, content: Content): Classic {
  const builder = classic(`${pipeline.title}: ${content.title}`)
    .uid(uidOf(pipeline, kind))
    .description(content.description)
    .tags([TAG, pipeline.pipeline, kind])
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-1h', to: 'now' })
    .refresh('10s')
    .timezone('browser')
    .readonly()
    .variables([datasource(), pipelineVariable(pipeline), regimeVariable(), ...(content.variables ?? [])])
    .annotations(annotations().map((one) => ({ build: () => one })))
    .links(links(pipeline, kind).map((link) => ({ build: () => link })));
  for (const part of laidOut(content.sections)) {
    if (part instanceof RowBuilder) builder.withRow(part);
    else builder.withPanel({ build: () => part });
  }
  return { ...builder.build(), schemaVersion: SCHEMA_VERSION };
}
