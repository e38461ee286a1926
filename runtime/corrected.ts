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
import { rowsKept } from './keep_rows.js';
import { WEIGHT } from './pipeline_plan.js';
import type { SkimChunk } from './skim.js';

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
  const { spectrum } = pipeline;
  const needed = new Set([...map.variables, ...Object.keys(pipeline.context), reco, truth, spectrum?.truth, WEIGHT]);
  return (chunk) => {
    const made = rows(testEvents(chunk, needed));
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

/** The test events, of them the columns that are needed; nobody asks for their identity. */
function testEvents({ sample, length, split, columns }: SkimChunk, needed: ReadonlySet<unknown>): SkimChunk {
  const keep = new Uint8Array(length);
  for (let i = 0; i < length; i++) keep[i] = split[i] === TEST ? 1 : 0;
  const rows = rowsKept(keep);
  const taken = (x: Float64Array): Float64Array => {
    const out = new Float64Array(rows.length);
    for (let r = 0; r < rows.length; r++) out[r] = x[rows[r]!]!;
    return out;
  };
  const kept = [...columns].filter(([name]) => needed.has(name));
  return {
    ...{ sample, length: rows.length, position: new Float64Array(0) },
    ...{ keyLo: new Uint32Array(0), keyHi: new Uint32Array(0) },
    split: new Uint8Array(rows.length).fill(TEST),
    columns: new Map(kept.map(([name, x]) => [name, taken(x)])),
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
