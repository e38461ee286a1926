import type { Rejections } from '../../operators/batch.js';
import type { RegimeFit } from '../../operators/regimes/regime_map.js';
import { halfSampleMode } from '../../operators/response/half_sample_mode.js';
import type { Book } from '../../operators/summaries/book.js';
import { contentHash } from '../../operators/summaries/codec.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { unionOf } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report } from '../../schemas/report.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { LocalFindings } from '../local_analysis.js';
import { MAX_WINDOWS } from '../local_entries.js';
import { RESPONSE_MOMENTS } from '../observations.js';
import { responseBySplit, sortedRejections, stateHash } from '../state_hash.js';
import { contextRows } from './context.js';
import { correctedRows, correctionSection, type CorrectionFindings } from './correction.js';
import { dangerZones } from './danger_zone.js';
import { distributions } from './distributions.js';
import { localitySection } from './locality.js';
import { stateOf } from './pages.js';
import { regimesSection } from './regimes.js';
import { byContextRows, responseRows } from './response.js';
import { timelineSection } from './timeline.js';

/** All that a replay has found: merged summaries and models. Samples are reported in the order of their SHA-256. */
export interface Findings {
  readonly samples: Report['samples'];
  readonly read: number;
  readonly used: number;
  readonly rejected: Rejections;
  readonly duplicate: number;
  readonly surveyed: Book;
  readonly fit: RegimeFit;
  readonly observed: Book;
  readonly zoomed: Book;
  readonly local: LocalFindings | null;
  readonly corrected: CorrectionFindings | null;
  readonly notes: readonly string[];
}

const SINGLES = 'precision: f32: context, response and spectrum were computed with singles (24 bits)';

/** The report: a pure function of the findings, but for `timing`. */
export function buildReport(
  { pipeline, hash }: LoadedPipeline,
  findings: Findings,
  version: string,
  seconds: number,
): Report {
  const { samples, read, used, rejected, duplicate, surveyed, fit, observed, zoomed } = findings;
  const count = fit.map.centroids.length;
  const events = { read, used, rejected: sortedRejections(rejected), late: 0, duplicate };
  const { response, spectrum } = pipeline;
  const byContext = response ? byContextRows(pipeline, observed, zoomed) : [];
  const locality = findings.local ? localitySection(pipeline, fit.map, findings.local, byContext) : undefined;
  const watched = findings.local ? timelineSection(pipeline, fit.map, findings.local) : undefined;
  const zones = findings.local ? dangerZones(pipeline, findings.local) : undefined;
  return {
    pipeline: pipeline.pipeline,
    title: pipeline.title,
    pipelineHash: hash,
    regimewatch: version,
    samples: [...samples].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    events,
    weight: pipeline.weight ?? null,
    notes: [
      ...findings.notes,
      ...(pipeline.precision === 'f32' ? [SINGLES] : []),
      ...localityNotes(findings, locality !== undefined),
      ...windowNotes(pipeline, findings),
      ...onlineNotes(findings, watched !== undefined),
    ],
    context: contextRows(pipeline, findings, count),
    regimes: regimesSection(pipeline, fit, observed),
    ...(response
      ? {
          response: [
            ...responseRows(observed, zoomed, count),
            ...(findings.corrected ? correctedRows(pipeline, count, findings.corrected) : []),
          ],
          byContext: byContext.map((row) => ({ ...row, ...pullsOf(locality, row) })),
        }
      : {}),
    ...(locality ? { locality } : {}),
    ...(zones?.[0] ? { dangerZone: zones[0], dangerZones: zones } : {}),
    ...watched,
    ...(findings.corrected
      ? { correction: correctionSection(pipeline, fit.map, findings.corrected, zones ?? []) }
      : {}),
    ...(spectrum ? { peak: peaks(observed, count, spectrum.truth === undefined ? ['reco'] : ['truth', 'reco']) } : {}),
    distributions: distributions(pipeline, observed, count),
    stateHash: stateHash({
      events,
      surveyed,
      response: response ? responseBySplit(stateOf<MomentsState>(observed, RESPONSE_MOMENTS)) : null,
    }),
    resultHash: contentHash({
      events,
      map: fit.map,
      surveyed,
      observed,
      zoomed,
      local: findings.local && {
        first: findings.local.first,
        final: findings.local.final,
        byWindow: findings.local.byWindow,
        online: findings.local.online?.versions.version ?? null,
      },
      correction: findings.corrected?.fit.model.version ?? null,
    }),
    timing: { seconds, eventsPerSecond: seconds > 0 ? read / seconds : 0 },
  };
}

type ByContext = NonNullable<Report['byContext']>[number];

/** Mean and width of the pull in the bin of a row. */
function pullsOf(
  locality: Report['locality'],
  { variable, low, high }: ByContext,
): Pick<ByContext, 'pullMean' | 'pullWidth'> {
  const found = locality?.byContext.find((row) => row.variable === variable && row.low === low && row.high === high);
  return found ? { pullMean: found.pullMean, pullWidth: found.pullWidth } : {};
}

/** Why there is no test of locality, or none with a learned model. */
function localityNotes({ local }: Findings, tested: boolean): string[] {
  if (local === null) return ['locality: the pipeline has no response'];
  if (local.reason === null) return [];
  return [tested ? `locality: no learned model: ${local.reason}` : `locality: ${local.reason}`];
}

/** Why there is no timeline, where the pipeline has windows. */
function windowNotes({ window }: Pipeline, { local }: Findings): string[] {
  if (window === undefined || local === null) return [];
  if (local.windows === null) return [`timeline: the sample has more than ${MAX_WINDOWS} windows; make them larger`];
  return local.windows.length < 2 ? ['timeline: all events are in one window'] : [];
}

/** Why the local model, or without a timeline no model, was refitted as windows closed. */
function onlineNotes({ local }: Findings, watched: boolean): string[] {
  if (local === null || local.notRefitted === null) return [];
  const what = watched ? 'local model' : 'regimes, correction and local model';
  return [`online: ${what} not refitted: ${local.notRefitted}`];
}

function peaks(observed: Book, regimes: number, names: readonly ('truth' | 'reco')[]): NonNullable<Report['peak']> {
  return names.flatMap((series) => {
    const hist = stateOf<HistogramState>(observed, `spectrum:${series}`);
    const all = unionOf(hist);
    const inRange = (state: HistogramState, group: number): number => {
      const slots = state.bins[0] + 3;
      return state.n.subarray(group * slots + 1, group * slots + slots - 2).reduce((sum, n) => sum + n, 0);
    };
    const row = (regime: number | 'all', state: HistogramState, group: number) => ({
      regime,
      series,
      n: inRange(state, group),
      position: halfSampleMode(state, group),
    });
    return [row('all', all, 0), ...[...Array(regimes).keys()].map((regime) => row(regime, hist, regime))];
  });
}
