import { applyCorrection } from '../operators/correction/apply.js';
import type { CorrectionModel } from '../operators/correction/correction_model.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import { SPLITS } from '../operators/split.js';
import type { BookRows, Entry } from '../operators/summaries/book.js';
import type { HistogramConfig } from '../operators/summaries/histogram.js';
import type { MomentsConfig } from '../operators/summaries/moments.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { rowMaker } from './derive.js';
import { binOf, DELTA, REGIME, reportEdges, SPECTRUM_PARTS } from './observations.js';
import { filterChunk, type SkimChunk } from './skim.js';

export const CORRECTION = '(correction)';
export const CORRECTED = '(corrected delta)';
export const CORRECTED_VALUE = '(corrected value)';
const TEST = SPLITS.indexOf('test');

/** Makes the rows of the test events, before and after the correction. */
export function correctedRowMaker(
  pipeline: Pipeline,
  map: RegimeMap,
  model: CorrectionModel,
): (chunk: SkimChunk) => BookRows {
  const rows = rowMaker(pipeline, map);
  const { reco, truth } = pipeline.response!;
  return (chunk) => {
    const test = filterChunk(
      chunk,
      chunk.split.map((split) => Number(split === TEST)),
    );
    const made = rows(test);
    const { length: n, groups } = made;
    const columns = new Map(made.columns);
    const correction = new Float64Array(n);
    const context = map.variables.map((name) => columns.get(name)!);
    applyCorrection(model, map, context, groups.get(REGIME)!, n, correction);
    const [value, delta] = [new Float64Array(n), new Float64Array(n)];
    const [x, t] = [columns.get(reco)!, columns.get(truth)!];
    for (let i = 0; i < n; i++) {
      value[i] = x[i]! / (1 + correction[i]!);
      delta[i] = (value[i]! - t[i]!) / t[i]!;
    }
    columns.set(CORRECTION, correction).set(CORRECTED_VALUE, value).set(CORRECTED, delta);
    return { ...made, columns };
  };
}

/** Stages of the response, with the columns they are in. */
export const STAGES = [
  ['raw', DELTA],
  ['corrected', CORRECTED],
] as const;

/** Places where the response of the test events is quoted: by regime, by bin of each context variable. */
export const places = (pipeline: Pipeline, regimes: number): { name: string; group: string; groups: number }[] => [
  { name: 'regime', group: REGIME, groups: regimes },
  ...Object.entries(pipeline.context).map(([name, variable]) => ({
    name,
    group: binOf(name),
    groups: reportEdges(variable).length + 1,
  })),
];

/** `weighted` rows go with the response that the report quotes by split; the correction itself is judged by counts. */
const weightings = ({ weight }: Pipeline): boolean[] => (weight === undefined ? [false] : [false, true]);
export const testKey = (stage: string, place: string, weighted: boolean): string =>
  `test:${stage}:${place}${weighted ? ':weighted' : ''}`;

/** Fourth pass, test events alone: response before and after, and the spectra. */
export function correctedEntries(pipeline: Pipeline, regimes: number): Entry[] {
  const entries: Entry[] = [];
  for (const [stage, column] of STAGES) {
    for (const { name, group, groups } of places(pipeline, regimes)) {
      for (const weighted of name === 'regime' && stage === 'corrected' ? weightings(pipeline) : [false]) {
        const key = testKey(stage, name, weighted);
        const config: HistogramConfig = { bins: pipeline.response!.bins, groups, weighted };
        const moments: MomentsConfig = { groups, weighted, wide: false };
        entries.push({ key: `hist:${key}`, summary: 'histogram', config, columns: [column], group, weighted });
        entries.push({
          key: `moments:${key}`,
          summary: 'moments',
          config: moments,
          columns: [column],
          group,
          weighted,
        });
      }
    }
  }
  const mean: MomentsConfig = { groups: regimes, weighted: false, wide: false };
  entries.push({
    key: 'applied',
    summary: 'moments',
    config: mean,
    columns: [CORRECTION],
    group: REGIME,
    weighted: false,
  });
  const { spectrum, response } = pipeline;
  if (spectrum && spectrum.reco === response?.reco) {
    const [n, low, high] = spectrum.bins;
    const config: HistogramConfig = { bins: [n * SPECTRUM_PARTS, low, high], groups: regimes, weighted: false };
    for (const [series, column] of [
      ['truth', spectrum.truth],
      ['raw', spectrum.reco],
      ['corrected', CORRECTED_VALUE],
    ] as const) {
      if (column === undefined) continue;
      entries.push({
        key: `spectrum:${series}`,
        summary: 'histogram',
        config,
        columns: [column],
        group: REGIME,
        weighted: false,
      });
    }
  }
  return entries;
}
