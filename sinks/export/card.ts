import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import type { CorrectionModel } from '../../operators/correction/correction_model.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { Estimate } from '../../schemas/report.js';
import { onnxNames, OPSET } from './correction_onnx.js';

/** The runtime that the tests of this version of regimewatch ran exported models with. */
export const TESTED_WITH = 'onnxruntime 1.30.0';

export interface CardFacts {
  /** What the model is called, e.g. dilepton-correction. */
  readonly name: string;
  /** The ONNX file beside the card, and its content. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly vectors: { readonly file: string; readonly rows: number };
  readonly map: RegimeMap;
  readonly correction: CorrectionModel;
  readonly reco: string;
  readonly pipeline: { readonly name: string; readonly title: string; readonly hash: string };
  /** Version of regimewatch. */
  readonly program: string;
  readonly samples: readonly { readonly path: string; readonly events: number; readonly sha256: string }[];
  readonly events: { readonly train: number; readonly validation: number; readonly test: number };
  /** How the map and the correction were fitted, in a sentence. */
  readonly fitted: string;
  /** Each input by name: its unit (null: none) and the range of the training events (null: not known). */
  readonly inputs: Readonly<
    Record<string, { readonly unit: string | null; readonly range: readonly [number, number] | null }>
  >;
  readonly decision: { readonly accepted: boolean; readonly reason: string };
  /** Before and after the correction, on the test split. */
  readonly figures: readonly { readonly name: string; readonly before: Estimate; readonly after: Estimate }[];
  readonly caveats?: readonly string[];
}

const GENERAL_CAVEATS = [
  'The correction moves the mean response in a context; it does not narrow the response of single events.',
  'Beyond the envelope of its regime the correction keeps the value it has at the edge: nothing was learned there.',
  'It holds for the reconstruction and the samples named under training; a changed reconstruction needs a new one.',
];

/**
 * The card of an exported model, as YAML: what one needs to use it right and to see that it runs right, after the
 * recommendations of J. Y. Araz et al., Les Houches guide to reusable ML models in LHC analyses, arXiv:2312.14575.
 * A number that is not known is null with the reason; folders of samples are left out.
 */
export function exportCard(facts: CardFacts): string {
  const { map, correction, reco, pipeline, inputs, decision } = facts;
  const names = onnxNames(map, reco);
  const unit = inputs[reco]?.unit ?? null;
  const [regime, c, corrected] = names.outputs;
  const card = {
    name: facts.name,
    title: `${pipeline.title}: regimes of the global context and the correction of ${reco}`,
    file: facts.file,
    sha256: createHash('sha256').update(facts.bytes).digest('hex'),
    format: `ONNX, operator set ${OPSET}, doubles`,
    opset: OPSET,
    tested_with: TESTED_WITH,
    licence: 'Apache-2.0',
    versions: { regimewatch: facts.program, regime_map: map.version, correction: correction.version },
    training: {
      pipeline: pipeline.name,
      pipeline_hash: pipeline.hash,
      samples: facts.samples.map(({ path, events, sha256 }) => ({ file: basename(path), events, sha256 })),
      events: facts.events,
      fitted: facts.fitted,
      layer: correction.layer,
      degree: correction.degree,
    },
    inputs: names.inputs.map((name) => ({
      name,
      type: 'float64',
      unit: inputs[name]?.unit ?? null,
      range_in_training: inputs[name]?.range ?? null,
    })),
    outputs: [
      { name: regime, type: 'int64', meaning: 'number of the regime; -1 where a context value is not finite' },
      { name: c, type: 'float64', meaning: `c, the mean of (${reco} - truth) / truth expected in this context` },
      { name: corrected, type: 'float64', unit, meaning: `${reco} / (1 + c)` },
    ],
    envelope: envelope(map, correction),
    correction: decision,
    figures_on_test: Object.fromEntries(facts.figures.map(({ name, before, after }) => [name, { before, after }])),
    validation: {
      file: facts.vectors.file,
      rows: facts.vectors.rows,
      expect: 'the same regime in every row, the other outputs to 1e-12 of their size',
    },
    caveats: [...GENERAL_CAVEATS, ...(facts.caveats ?? [])],
  };
  return stringify(card, { lineWidth: 120, aliasDuplicateObjects: false });
}

/** By regime, in the units of the inputs: the centroid, and the range outside which the correction is held. */
const envelope = ({ variables, scale, centroids, labels }: RegimeMap, { layer, degree, low, high }: CorrectionModel) =>
  centroids.map((centroid, regime) => {
    const inUnits = (row: readonly number[]) =>
      Object.fromEntries(variables.map((name, d) => [name, known(scale[d]!.mean + scale[d]!.width * row[d]!)]));
    const box = layer === 'identity' || degree === 0 ? undefined : [low[regime]!, high[regime]!];
    return {
      regime,
      label: labels[regime],
      centroid: inUnits(centroid),
      ...(box ? { low: inUnits(box[0]!), high: inUnits(box[1]!) } : { bounds: 'none: one value for the whole regime' }),
    };
  });

/** An infinite bound is no bound: null. */
const known = (x: number): number | null => (Number.isFinite(x) ? x : null);
