import { correctionBound } from '../../operators/correction/bound.js';
import { correctionOfCells } from '../../operators/correction/candidates.js';
import type { CorrectionFit } from '../../operators/correction/fit_correction.js';
import { joinByRegime, joinCells, type JoinedCells } from '../../operators/correction/join_cells.js';
import { regimeCells, type RegimeCells } from '../../operators/correction/regime_cells.js';
import { distance } from '../../operators/peak/distance.js';
import { peakFit, type PeakFit } from '../../operators/peak/peak_fit.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { mean } from '../../operators/response/mean.js';
import { SPLITS } from '../../operators/split.js';
import type { Book } from '../../operators/summaries/book.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { intoOne, regroupMoments, unionOf } from '../../operators/summaries/regroup.js';
import type { ResponseCellsState } from '../../operators/summaries/response_cells.js';
import type { ZoomState } from '../../operators/summaries/zoom.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { CorrectionReport, Report, ZoneReport } from '../../schemas/report.js';
import { places, testKey } from '../corrected.js';
import { RAW_CELLS, RESPONSE_CELLS } from '../local_entries.js';
import { reportEdges, SPECTRUM_PARTS } from '../observations.js';
import { seriesOf } from './distributions.js';
import { edgesOf, spectrumAxis, stateOf } from './pages.js';
import { responseOf } from './response.js';

/** What the passes with the correction have found, on test events. */
export interface CorrectionFindings {
  readonly fit: CorrectionFit;
  /** Response cells by split, of the core and of the raw δ (first pass of the local analysis). */
  readonly first: Book;
  readonly tested: Book;
  readonly zoomed: Book;
}

type Stage = CorrectionReport['before'];
const TEST = SPLITS.indexOf('test');
/** Events in a bin of the context, at least, for the bound of any function of the context. */
const BOUND_EVENTS = 500;
/** Errors of the change beyond which a regime counts as made worse. */
const WORSE = 2;

export function correctionSection(
  pipeline: Pipeline,
  map: RegimeMap,
  found: CorrectionFindings,
  zones: readonly ZoneReport[],
): CorrectionReport {
  const { fit } = found;
  const { model } = fit;
  const stages = (place: string) => ({
    before: stagesOf(found, 'raw', place),
    after: stagesOf(found, 'corrected', place),
  });
  const regimes = map.centroids.length;
  const byRegime = stages('regime');
  const applied = stateOf<MomentsState>(found.tested, 'applied');
  return {
    accepted: fit.accepted,
    reason: fit.reason,
    layer: model.layer,
    version: model.version,
    target: pipeline.correction === 'none' ? 'mean' : pipeline.correction.target,
    split: 'test',
    counted: true,
    training: fit.training,
    validation: fit.validation,
    candidates: fit.candidates.map(({ layer, degree, lambda, accepted, sigma, wanted, reason }) => ({
      ...{ layer, degree, lambda, accepted, sigma, wanted, reason },
    })),
    regimes: map.centroids.map((_, regime) => {
      const [was, is] = [byRegime.before[regime]!, byRegime.after[regime]!];
      return { regime, n: was.n, applied: mean(applied, regime), before: was, after: is, worse: isWorse(was, is) };
    }),
    byContext: Object.entries(pipeline.context).flatMap(([variable, config]) => {
      const edges = reportEdges(config);
      const bins = stages(variable);
      return bins.before.flatMap((was, at) => {
        const [low, high] = [edges[at - 1] ?? null, edges[at] ?? null];
        if ((low === null || high === null) && was.n === 0) return [];
        return [{ variable, low, high, n: was.n, before: was, after: bins.after[at]! }];
      });
    }),
    before: stageOfAll(found, 'raw'),
    after: stageOfAll(found, 'corrected'),
    bound: { bias: bounds(found, map, RAW_CELLS, zones), target: bounds(found, map, RESPONSE_CELLS, zones) },
    ...spectraOf(pipeline, regimes, found),
  };
}

/** The response at one stage in each group of a place. */
function stagesOf({ tested, zoomed }: CorrectionFindings, stage: string, place: string): Stage[] {
  const key = testKey(stage, place, false);
  const hist = stateOf<HistogramState>(tested, `hist:${key}`);
  const moments = stateOf<MomentsState>(tested, `moments:${key}`);
  const zoom = stateOf<ZoomState>(zoomed, `zoom:${key}`);
  return [...moments.n.keys()].map((group) => stageOf(hist, zoom, moments, group));
}

/** The same of all regimes together. */
function stageOfAll({ tested, zoomed }: CorrectionFindings, stage: string): Stage {
  const key = testKey(stage, 'regime', false);
  const moments = stateOf<MomentsState>(tested, `moments:${key}`);
  return stageOf(
    unionOf(stateOf(tested, `hist:${key}`)),
    stateOf(zoomed, `zoom:${key}:all`),
    regroupMoments(moments, intoOne(moments.n.length), 1),
    0,
  );
}

function stageOf(...response: Parameters<typeof responseOf>): Stage {
  const { n, bias, median, sigma68, iqr, tail, meanAbsolute } = responseOf(...response);
  return { n, bias, median, sigma68, iqr, tail, meanAbsolute };
}

/** Beyond 2 errors: before and after are of the same events, so an error of the change is at most that of one. */
function isWorse(before: Stage, after: Stage): boolean {
  return (['bias', 'median'] as const).some((what) => {
    const [was, is] = [before[what], after[what]];
    if (was.value === null || is.value === null) return false;
    return Math.abs(is.value) - Math.abs(was.value) > WORSE * Math.max(was.error ?? Infinity, is.error ?? Infinity);
  });
}

/** Over the regimes, over the context, and over the part of the context that lies beyond an onset of the raw bias. */
function bounds(
  { fit, first }: CorrectionFindings,
  map: RegimeMap,
  key: string,
  zones: readonly ZoneReport[],
): CorrectionReport['bound']['bias'] {
  const cells = regimeCells(stateOf<ResponseCellsState>(first, key in first ? key : RESPONSE_CELLS), map);
  const correction = correctionOfCells(fit.model, cells);
  return [
    boundOver('regimes', cells, correction, joinByRegime(cells)),
    boundOver('bins of the context', cells, correction, joinCells(cells, TEST, BOUND_EVENTS)),
    ...zones.flatMap(({ variable, title, unit, raw }) => {
      if (raw === null) return [];
      const x = cells.context[map.variables.indexOf(variable)]!;
      const keep = Uint8Array.from(x, (value) => Number(value >= raw.onset));
      const over = `bins of the context, ${title} from ${raw.onset.toPrecision(3)}${unit === null ? '' : ` ${unit}`}`;
      return [boundOver(over, cells, correction, joinCells(cells, TEST, BOUND_EVENTS, keep))];
    }),
  ];
}

function boundOver(over: string, cells: RegimeCells, correction: Float64Array, joined: JoinedCells) {
  const { bins, events, removableRms, leftRms, share } = correctionBound(cells, TEST, correction, joined);
  return { over, bins, events, removableRms, leftRms, share };
}

const SERIES = ['truth', 'raw', 'corrected'] as const;

function spectraOf(
  pipeline: Pipeline,
  regimes: number,
  { tested }: CorrectionFindings,
): Pick<CorrectionReport, 'peaks' | 'distances' | 'spectra'> {
  const present = SERIES.filter((series) => `spectrum:${series}` in tested);
  if (present.length === 0) return { peaks: [], distances: [], spectra: [] };
  const states = present.map((series) => {
    const hist = stateOf<HistogramState>(tested, `spectrum:${series}`);
    return { series, hist, all: unionOf(hist) };
  });
  const ids: (number | 'all')[] = ['all', ...Array(regimes).keys()];
  const of = (state: (typeof states)[number], regime: number | 'all'): [HistogramState, number] =>
    regime === 'all' ? [state.all, 0] : [state.hist, regime];
  const peaks = ids.flatMap((regime) => {
    let tails: PeakFit['tails'] = null;
    return states.map((state) => {
      const fit = peakFit(...of(state, regime), {
        // The truth has no resolution; before and after the correction the same shape is fitted, to compare.
        ...(state.series === 'truth' ? { resolution: false, background: 'exponential' as const } : {}),
        ...(state.series === 'corrected' && (tails === 'low' || tails === 'both') ? { tails } : {}),
      });
      if (state.series === 'raw') tails = fit.tails;
      const { events, position, width, chi2, ndof, pValue, reason } = fit;
      return {
        ...{ regime, series: state.series, n: events, position, width, chi2, ndof, pValue },
        ...(reason === undefined ? {} : { reason }),
      };
    });
  });
  const truth = states.find(({ series }) => series === 'truth');
  const distances = truth
    ? ids.flatMap((regime) =>
        (['raw', 'corrected'] as const).map((stage) => {
          const state = states.find(({ series }) => series === stage)!;
          const { wasserstein, kolmogorov, chi2PerBin, expected } = distance(
            ...of(state, regime),
            ...of(truth, regime),
          );
          const { wasserstein: w, kolmogorov: d } = expected;
          return { regime, stage, wasserstein, kolmogorov, chi2PerBin, expected: { wasserstein: w, kolmogorov: d } };
        }),
      )
    : [];
  const axis = { ...spectrumAxis(pipeline), edges: edgesOf(pipeline.spectrum!.bins) };
  const last = SPECTRUM_PARTS * pipeline.spectrum!.bins[0] + 1;
  const spectra = ids.map((regime) => ({
    regime,
    axis,
    series: states.map((state) => {
      const [hist, group] = of(state, regime);
      return seriesOf(hist, group, state.series, regime, 1, last, SPECTRUM_PARTS);
    }),
  }));
  return { peaks, distances, spectra };
}

/** The rows of the corrected response that go beside the raw ones, on the test split and with the pipeline's weights. */
export function correctedRows(
  pipeline: Pipeline,
  regimes: number,
  { tested, zoomed }: CorrectionFindings,
): NonNullable<Report['response']> {
  const weighted = pipeline.weight !== undefined;
  const key = testKey('corrected', places(pipeline, regimes)[0]!.name, weighted);
  const hist = stateOf<HistogramState>(tested, `hist:${key}`);
  const moments = stateOf<MomentsState>(tested, `moments:${key}`);
  const of = (regime: number | 'all', h: HistogramState, m: MomentsState, zoomKey: string, group: number) => ({
    ...{ regime, split: 'test' as const, stage: 'corrected' as const },
    ...responseOf(h, stateOf(zoomed, zoomKey), m, group),
  });
  return [
    ...[...Array(regimes).keys()].map((regime) => of(regime, hist, moments, `zoom:${key}`, regime)),
    of('all', unionOf(hist), regroupMoments(moments, intoOne(regimes), 1), `zoom:${key}:all`, 0),
  ];
}
