import { expect, test } from 'vitest';
import { METRICS } from '../../../schemas/metrics.js';
import { loadPipeline } from '../../../runtime/pipeline_file.js';
import { samplesOf } from '../../../sinks/prometheus/samples.js';
import { windowFamilies } from '../../../sinks/prometheus/window_families.js';
import { watched } from '../../support/watch.js';

const DILEPTON = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;

test('a window of the dilepton pipeline, four regimes, has fewer than 1,000 series, each once', async () => {
  const loaded = await loadPipeline(DILEPTON, ['weight=none', 'window.events=2000', 'regimes.count=4']);
  const { reports } = await watched(loaded, ['generator:10000?seed=1&high_pt=0.8']);
  const report = reports.at(-1)!;
  const families = windowFamilies(report);
  const series = samplesOf(families, {}).map(({ name, labels }) => name + JSON.stringify(labels));
  expect(report.regimes).toHaveLength(4);
  expect(new Set(series).size).toBe(series.length);
  expect(series.length).toBeGreaterThan(200);
  expect(series.length).toBeLessThan(1000);
  for (const { name, rows } of families)
    for (const [labels] of rows) expect(Object.keys(labels).sort(), name).toEqual([...METRICS[name].labels].sort());
  // What the page, the rules and the dashboards rest on is filled.
  const known = new Set(
    families.filter(({ rows }) => rows.some(([, value]) => typeof value === 'number')).map(({ name }) => name),
  );
  for (const name of [
    'response_core_ratio',
    'response_tail_ratio',
    'locality_pull_width',
    'grid_core_ratio',
    'context_sigma68_ratio',
    'context_corrected_ratio',
    'peak_position',
  ] as const)
    expect(known, name).toContain(name);
});
