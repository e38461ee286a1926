import { stringify } from 'yaml';
import { wrongPipeline } from '../operators/problem.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { grafanaDashboards } from './dashboards.js';
import { ruleFiles } from './rule_files.js';

/** Where the Grafana of docker/ finds the dashboards. */
const FOLDER = '/etc/grafana/dashboards/regimewatch';

/** What Grafana reads to take the dashboards from files: in a folder of their own, not to be edited there. */
export const grafanaProvisioning = (): string =>
  stringify({
    apiVersion: 1,
    providers: [
      {
        name: 'regimewatch',
        orgId: 1,
        folder: 'regimewatch',
        type: 'file',
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 30,
        options: { path: FOLDER, foldersFromFilesStructure: false },
      },
    ],
  });

/**
 * Everything that Grafana, Prometheus and Alertmanager read of these pipelines, by path in the folder that it is written
 * to. A function of the pipelines alone.
 */
export function generatedFiles(pipelines: readonly Pipeline[]): { readonly file: string; readonly text: string }[] {
  const names = pipelines.map(({ pipeline }) => pipeline);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw wrongPipeline(`pipeline ${twice}: given twice; the name is the label that tells pipelines apart`);
  return [
    ...pipelines.flatMap(grafanaDashboards).map(({ file, json }) => ({ file: `grafana/${file}`, text: json })),
    { file: 'grafana-dashboards.yaml', text: grafanaProvisioning() },
    ...ruleFiles(pipelines),
  ];
}
