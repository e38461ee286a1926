import { applyCorrection } from '../../operators/correction/apply.js';
import type { CorrectionModel } from '../../operators/correction/correction_model.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { BookRows, Entry } from '../../operators/summaries/book.js';
import type { HistogramConfig } from '../../operators/summaries/histogram.js';
import type { MomentsConfig } from '../../operators/summaries/moments.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { CORRECTED } from '../corrected.js';
import { profileBins } from '../local_entries.js';
import { CORE, declaredColumn, localColumn, localRowMaker, type LocalPass } from '../local_pass.js';
import { binOf, DELTA, REGIME, reportEdges, SPECTRUM_PARTS } from '../observations.js';
import type { SkimChunk } from '../skim.js';
import { windowCellEntries } from '../window_cells.js';
import type { LiveModels } from './live_models.js';

/** A correction that takes effect with a window; it has a map of its own. */
export interface Applied {
  readonly from: number;
  readonly version: string;
  readonly map: RegimeMap;
  readonly correction: CorrectionModel | null;
}

const moments = (key: string, column: string, group: string, groups: number, wide = false): Entry => {
  const config: MomentsConfig = { groups, weighted: false, wide };
  return { key, summary: 'moments', config, columns: [column], group, weighted: false };
};

const histogram = (key: string, config: HistogramConfig, column: string): Entry => ({
  key,
  summary: 'histogram',
  config,
  columns: [column],
  group: REGIME,
  weighted: false,
});

/** Summaries of one window: response, pull and what the correction leaves by regime, profiles along the context. */
export function windowBookEntries(pipeline: Pipeline, { map, judge }: LiveModels): Entry[] {
  const regimes = map.centroids.length;
  const { spectrum } = pipeline;
  const peak = spectrum && {
    bins: [spectrum.bins[0] * SPECTRUM_PARTS, spectrum.bins[1], spectrum.bins[2]] as const,
    groups: regimes,
    weighted: false,
  };
  const entries: Entry[] = peak ? [histogram('spectrum', peak, spectrum.reco)] : [];
  if (!pipeline.response) {
    return [
      ...entries,
      {
        key: 'count',
        summary: 'count',
        config: { groups: regimes, weighted: false },
        columns: [],
        group: REGIME,
        weighted: false,
      },
    ];
  }
  const widths: HistogramConfig = { bins: profileBins(pipeline), groups: regimes, weighted: false };
  const pull = judge && pullColumn(judge);
  return [
    ...entries,
    moments('bias', DELTA, REGIME, regimes),
    moments('core', CORE, REGIME, regimes),
    histogram('widths', widths, DELTA),
    moments('corrected:bias', CORRECTED, REGIME, regimes),
    histogram('corrected:widths', widths, CORRECTED),
    ...(pull ? [moments('pull', pull, REGIME, regimes, true)] : []),
    ...Object.entries(pipeline.context).flatMap(([name, variable]) => {
      const groups = reportEdges(variable).length + 1;
      return [
        moments(`by:${name}`, CORE, binOf(name), groups),
        ...(pull ? [moments(`pull:${name}`, pull, binOf(name), groups, true)] : []),
      ];
    }),
    ...(pipeline.online ? windowCellEntries(pipeline, 1, targetOf(pipeline)) : []),
  ];
}

/** What the correction is fitted to. */
const targetOf = ({ correction }: Pipeline): string =>
  correction !== 'none' && correction.target === 'mean' ? DELTA : CORE;

const pullColumn = (judge: 'learned' | 'declared'): string =>
  judge === 'learned' ? localColumn('pull') : declaredColumn('pull');

/** Makes the rows that the summaries of a window are filled from, with the correction in effect for it. */
export function windowRowMaker(
  pipeline: Pipeline,
  models: LiveModels,
  entries: readonly Entry[],
): (chunk: SkimChunk, applied: Applied) => BookRows {
  const pass: LocalPass = {
    below: 2 ** 32,
    folds: pipeline.local_model.folds,
    step: models.step,
    core: models.core ?? { low: [], high: [] },
    declared: models.judge === 'declared',
    windows: null,
  };
  const rows = localRowMaker(pipeline, models.map, pass, entries);
  return (chunk, applied) => {
    const made = rows(chunk);
    if (!pipeline.response) return made;
    const { length: n } = chunk;
    const columns = new Map(made.columns);
    columns.set(CORRECTED, corrected(pipeline.response, models, applied, made, n));
    return { ...made, columns };
  };
}

function corrected(
  { reco, truth }: NonNullable<Pipeline['response']>,
  models: LiveModels,
  { map, correction }: Applied,
  { columns, groups }: BookRows,
  n: number,
): Float64Array {
  const c = new Float64Array(n);
  if (correction) {
    const context = map.variables.map((name) => columns.get(name)!);
    const regime = map.version === models.map.version ? groups.get(REGIME)! : assigned(map, context, n);
    applyCorrection(correction, map, context, regime, n, c);
  }
  const [x, t] = [columns.get(reco)!, columns.get(truth)!];
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = (x[i]! / (1 + c[i]!) - t[i]!) / t[i]!;
  return out;
}

function assigned(map: RegimeMap, context: readonly Float64Array[], n: number): Uint16Array {
  const regime = new Uint16Array(n);
  assignRegimes(map, context, n, regime, new Float64Array(n));
  return regime;
}
