import type { BookRows, Entry } from '../../operators/summaries/book.js';
import type { HistogramConfig } from '../../operators/summaries/histogram.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { CORRECTED } from '../corrected.js';
import { profileBins } from '../local_entries.js';
import { CORE, declaredColumn, localColumn, localRowMaker, PULL_SQUARED, type LocalPass } from '../local_pass.js';
import { binOf, DELTA, REGIME, reportEdges, scaled, SPECTRUM_PARTS } from '../observations.js';
import type { SkimChunk } from '../skim.js';
import { windowCellEntries } from '../window_cells.js';
import { fineBins, fineGroups } from './fine_bins.js';
import { innerBins } from './inner_bins.js';
import { canCorrect, type LiveModels } from './live_models.js';
import { planeBins } from './plane_bins.js';
import { planeEntries, setPlane } from './plane_entries.js';
import { correctedBounds, CORRECTED_CORE, correctedResponse, withinBounds, type Applied } from './window_columns.js';
import { count, histogram, moments } from './window_entry.js';
import { addWorst, worstEntry } from './worst_events.js';

export type { Applied };

const fineOf = (variable: string): string => `fine bin of ${variable}`;

/** Bins of δ about 0 from which σ68 is found along the context. */
const MOST_BINS = 320;

/** Summaries of one window: response, pull and what the correction leaves by regime, profiles along the context. */
export function windowBookEntries(pipeline: Pipeline, models: LiveModels): Entry[] {
  const { map, judge } = models;
  const regimes = map.centroids.length;
  const corrects = canCorrect(pipeline, models);
  const { spectrum } = pipeline;
  const peak = spectrum && {
    bins: [spectrum.bins[0] * SPECTRUM_PARTS, spectrum.bins[1], spectrum.bins[2]] as const,
    groups: regimes,
    weighted: false,
  };
  const entries: Entry[] = peak ? [histogram('spectrum', peak, spectrum.reco)] : [];
  if (!pipeline.response) return [...entries, count('count', REGIME, regimes)];
  const widths: HistogramConfig = { bins: profileBins(pipeline), groups: regimes, weighted: false };
  const pull = judge && pullColumn(judge);
  const squared = judge === 'learned' ? PULL_SQUARED : declaredColumn('squared');
  const plane = planeBins(pipeline);
  return [
    ...entries,
    moments('bias', DELTA, REGIME, regimes),
    moments('core', CORE, REGIME, regimes),
    histogram('widths', widths, DELTA),
    moments('corrected:bias', CORRECTED, REGIME, regimes),
    moments('corrected:core', CORRECTED_CORE, REGIME, regimes),
    histogram('corrected:widths', widths, CORRECTED),
    ...(pull ? [moments('pull', pull, REGIME, regimes, true), moments('pull²', squared, REGIME, regimes, true)] : []),
    ...Object.entries(pipeline.context).flatMap(([name, variable]) => {
      const groups = reportEdges(variable).length + 1;
      const fine = (key: string, column: string, wide = false): Entry =>
        moments(`${key}:${name}`, column, fineOf(name), fineBins(variable).groups, wide);
      const { bins } = innerBins(pipeline, MOST_BINS);
      const along: HistogramConfig = { bins, groups, weighted: false };
      return [
        histogram(`widths:${name}`, along, DELTA, binOf(name)),
        ...(corrects ? [histogram(`widths:corrected:${name}`, along, CORRECTED, binOf(name))] : []),
        fine('along', CORE),
        fine('along:corrected', CORRECTED_CORE),
        fine('along:context', scaled(name)),
        ...(pull ? [fine('along:pull', pull, true)] : []),
      ];
    }),
    ...(plane ? planeEntries(plane, regimes, corrects) : []),
    ...(pull ? [worstEntry(pipeline)] : []),
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
  const core = models.core ?? { low: [], high: [] };
  const pass: LocalPass = {
    below: 2 ** 32,
    folds: pipeline.local_model.folds,
    step: models.step,
    core,
    declared: models.judge === 'declared',
    windows: null,
  };
  const rows = localRowMaker(pipeline, models.map, pass, entries);
  const fine = Object.entries(pipeline.context).map(([name, variable]) => [name, fineBins(variable)] as const);
  const plane = planeBins(pipeline);
  return (chunk, applied) => {
    const made = rows(chunk);
    if (!pipeline.response) return made;
    const { length: n } = chunk;
    const columns = new Map(made.columns);
    const groups = new Map(made.groups);
    const delta = correctedResponse(pipeline.response, models, applied, made, n);
    const bounds = correctedBounds(core, applied.correction !== null);
    columns.set(CORRECTED, delta).set(CORRECTED_CORE, withinBounds(delta, groups.get(REGIME)!, bounds, n));
    for (const [name, bins] of fine) {
      groups.set(fineOf(name), fineGroups(bins, columns.get(name)!, groups.get(binOf(name))!, n));
    }
    if (plane) setPlane(plane, models.map.centroids.length, groups, n);
    if (models.judge) addWorst(chunk, models.judge, columns);
    return { ...made, columns, groups };
  };
}
