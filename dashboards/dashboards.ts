import type { Pipeline } from '../schemas/pipeline.js';
import type { Classic } from './grafana/classic.js';
import { context } from './grafana/context.js';
import { health } from './grafana/health.js';
import { models } from './grafana/models.js';
import { KINDS, uidOf, type Kind } from './grafana/names.js';
import { overview } from './grafana/overview.js';
import { probes } from './grafana/probes.js';
import { regimes } from './grafana/regimes.js';

export interface GrafanaDashboard {
  readonly uid: string;
  /** Name of its file, UID.json. */
  readonly file: string;
  /** Two spaces, a line end. */
  readonly json: string;
}

const BUILD: Readonly<Record<Kind, (pipeline: Pipeline) => Classic>> = {
  overview,
  regimes,
  context,
  probes,
  models,
  health,
};

/** The dashboards of a pipeline: a function of it alone, so the same pipeline gives the same bytes. */
export const grafanaDashboards = (pipeline: Pipeline): GrafanaDashboard[] =>
  KINDS.map((kind) => {
    const uid = uidOf(pipeline, kind);
    return { uid, file: `${uid}.json`, json: `${JSON.stringify(BUILD[kind](pipeline), null, 2)}\n` };
  });
