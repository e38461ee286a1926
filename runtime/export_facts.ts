import type { CorrectionFit } from '../operators/correction/fit_correction.js';
import { wrongPipeline, wrongSample } from '../operators/problem.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { Pipeline } from '../schemas/pipeline.js';
import type { CorrectionReport } from '../schemas/report.js';
import type { ExportFacts } from '../sinks/export/export_files.js';
import type { Analysis } from './analyse.js';

/** Values for the validation vectors where the pipeline names no spectrum: the correction does not depend on them. */
const ANY_VALUES = [1, 100] as const;

/** Refuses a pipeline that makes no correction. */
export function demandCorrection({ response, correction }: Pipeline): void {
  if (response === undefined) throw wrongPipeline('export: the pipeline has no response, so there is no correction');
  if (correction === 'none') throw wrongPipeline('export: correction is none in the pipeline; give its layers');
}

/** What the exported correction, its card and its vectors are made of. A refused correction is the identity. */
export function exportFacts(pipeline: Pipeline, { report, findings }: Analysis, name: string): ExportFacts {
  demandCorrection(pipeline);
  const { map } = findings.fit;
  const { reco } = pipeline.response!;
  const { spectrum } = pipeline;
  if (findings.corrected === null || report.correction === undefined)
    throw wrongSample('export: the sample has no truth, so no correction could be fitted; replay one that has');
  const { fit } = findings.corrected;
  const mass = spectrum?.reco === reco ? spectrum : undefined;
  const context = map.variables.map((variable, d): [string, ExportFacts['inputs'][string]] => [
    variable,
    { unit: pipeline.context[variable]!.unit ?? null, range: seenIn(fit, map, d) },
  ]);
  return {
    name,
    map,
    correction: fit.model,
    reco,
    range: mass ? [mass.bins[1], mass.bins[2]] : ANY_VALUES,
    pipeline: { name: pipeline.pipeline, title: pipeline.title, hash: report.pipelineHash },
    program: report.regimewatch,
    samples: report.samples,
    events: { train: fit.training, validation: fit.validation, test: report.correction.before.n },
    fitted: fittedWords(fit, pipeline),
    inputs: { [reco]: { unit: mass?.unit ?? null, range: null }, ...Object.fromEntries(context) },
    decision: { accepted: fit.accepted, reason: fit.reason },
    figures: figuresOf(report.correction),
    caveats: [
      ...(fit.accepted ? [] : ['The correction was refused: this model is the identity, it changes no value.']),
      'Ranges in training are from the 0.5 % to the 99.5 % quantile of each regime, all regimes together.',
    ],
  };
}

/** The range of training of a context variable, over the regimes, in its own units. */
function seenIn({ model }: CorrectionFit, { scale }: RegimeMap, d: number): [number, number] {
  const { mean, width } = scale[d]!;
  const inUnits = (x: number): number => mean + width * x;
  return [
    inUnits(Math.min(...model.low.map((row) => row[d]!))),
    inUnits(Math.max(...model.high.map((row) => row[d]!))),
  ];
}

function fittedWords({ accepted, model, candidates }: CorrectionFit, { correction }: Pipeline): string {
  const target = correction !== 'none' && correction.target === 'mean' ? 'the mean of δ' : 'the mean of the core of δ';
  const chosen = candidates.find((candidate) => candidate.model === model);
  const how =
    chosen === undefined || model.layer === 'regime'
      ? 'a constant in each regime'
      : `a polynomial of degree ${model.degree} of the standardised context in each regime (ridge, lambda ${chosen.lambda ?? 0})`;
  const fitted = accepted ? `${target} as ${how}` : `${target}, by each layer of the pipeline`;
  const outcome = accepted ? 'accepted' : 'refused';
  return `Regimes by k-means on the context of the training events; ${fitted}, fitted on the training events and ${outcome} on the validation events.`;
}

function figuresOf({ before, after, peaks, distances }: CorrectionReport): ExportFacts['figures'] {
  const stages = (['bias', 'median', 'sigma68', 'iqr', 'meanAbsolute'] as const).map((name) => ({
    name,
    before: before[name],
    after: after[name],
  }));
  const peak = (series: string) => peaks.find((row) => row.regime === 'all' && row.series === series);
  const distance = (stage: string) => distances.find((row) => row.regime === 'all' && row.stage === stage);
  const [raw, corrected] = [peak('raw'), peak('corrected')];
  const [far, near] = [distance('raw'), distance('corrected')];
  return [
    ...stages,
    ...(raw && corrected
      ? (['position', 'width'] as const).map((what) => ({
          name: `peak_${what}`,
          before: raw[what],
          after: corrected[what],
        }))
      : []),
    ...(far && near ? [{ name: 'distance_to_truth', before: far.wasserstein, after: near.wasserstein }] : []),
  ];
}
