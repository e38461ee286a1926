import type { GridState } from '../operators/summaries/grid.js';
import type { HistogramState } from '../operators/summaries/histogram.js';
import { regroupHistogram } from '../operators/summaries/regroup.js';
import type { Pipeline } from '../schemas/pipeline.js';
import type { UhiHistogram } from '../sinks/export/uhi.js';
import { uhiOfReport } from '../sinks/export/uhi_report.js';
import { uhiOfSummaries, type NamedGrid, type NamedHistogram } from '../sinks/export/uhi_summaries.js';
import type { Analysis } from './analyse.js';
import { contextAxis, spectrumAxis, stateOf, type Axis } from './report/pages.js';

/** The histograms of the report, and under summaries/ those that they were made of, with all their bins. */
export function exportHistograms(pipeline: Pipeline, { report, findings }: Analysis): Record<string, UhiHistogram> {
  const { observed, fit } = findings;
  const regimes = fit.map.centroids.length;
  const groups = { name: 'regime', entries: [...Array(regimes).keys()] };
  const named = (name: string, state: HistogramState, { variable, title, unit }: Axis): NamedHistogram => ({
    ...{ name: `summaries/${name}`, state, groups },
    axis: { name: variable, title, unit },
  });
  const { context, spectrum, response } = pipeline;
  const histograms = Object.keys(context).map((variable) =>
    named(`context/${variable}`, stateOf(observed, `context:${variable}`), contextAxis(pipeline, variable)),
  );
  for (const series of spectrum ? (['reco', 'truth'] as const) : []) {
    if (spectrum?.[series] === undefined) continue;
    histograms.push(named(`spectrum/${series}`, stateOf(observed, `spectrum:${series}`), spectrumAxis(pipeline)));
  }
  if (response) {
    const bySplit = stateOf<HistogramState>(observed, 'response');
    const into = Array.from({ length: bySplit.groups }, (_, h) => Math.floor((h * regimes) / bySplit.groups));
    const axis = { variable: response.name, title: response.title ?? response.name, unit: null, edges: [] };
    histograms.push(named(`response/${response.name}`, regroupHistogram(bySplit, into, regimes), axis));
  }
  const words = { program: report.regimewatch, title: report.title };
  return { ...uhiOfReport(report), ...uhiOfSummaries(words, histograms, gridsOf(pipeline, findings)) };
}

function gridsOf(pipeline: Pipeline, { observed }: Analysis['findings']): NamedGrid[] {
  const [x, y] = Object.keys(pipeline.context);
  const axis = ({ variable, title, unit }: Axis) => ({ name: variable, title, unit });
  const along = (variable: string) => axis(contextAxis(pipeline, variable));
  const grid = (name: string, key: string, ofY: NamedGrid['y']): NamedGrid => ({
    ...{ name: `summaries/${name}`, state: stateOf<GridState>(observed, key) },
    ...{ x: along(x!), y: ofY },
  });
  return [
    ...(y === undefined ? [] : [grid('context_plane', 'plane', along(y))]),
    ...(pipeline.spectrum ? [grid('spectrum_plane', 'spectrum_plane', axis(spectrumAxis(pipeline)))] : []),
  ];
}
