import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportCard, TESTED_WITH, type CardFacts } from '../../../sinks/export/card.js';
import { correctionModel, regimeMap } from '../../support/corrections.js';

const map = regimeMap({
  variables: ['H_T', 'abs_deta'],
  scale: [
    { mean: 150, width: 100 },
    { mean: 1, width: 0.5 },
  ],
  centroids: [
    [-1, -1],
    [3, 0],
  ],
});
const correction = correctionModel({
  regimeMap: map.version,
  layer: 'smooth',
  variables: map.variables,
  degree: 1,
  low: [
    [-1.5, -2],
    [1, -Infinity],
  ],
  high: [
    [1, 0],
    [6, 2],
  ],
  coefficients: [
    [0, 0, 0],
    [0, 0, 0],
  ],
});
const facts: CardFacts = {
  name: 'dilepton-correction',
  file: 'dilepton-correction.onnx',
  bytes: Uint8Array.of(1, 2, 3),
  vectors: { file: 'dilepton-correction.vectors.json', rows: 1000 },
  map,
  correction,
  reco: 'm_reco',
  pipeline: { name: 'dilepton', title: 'Z → ll mass', hash: 'abc' },
  program: '0.1.0',
  samples: [{ path: 'some/folder/stress.parquet', events: 100, sha256: 'def' }],
  events: { train: 70, validation: 15, test: 15 },
  fitted: 'ridge regression of the mean response by regime',
  inputs: {
    H_T: { unit: 'GeV', range: [12.5, 3516] },
    abs_deta: { unit: null, range: [0, 6.5] },
    m_reco: { unit: 'GeV', range: null },
  },
  decision: { accepted: true, reason: 'the bias on validation falls by 12 sigma' },
  figures: [
    { name: 'bias', before: { value: -0.02, error: 0.001 }, after: { value: 0.0001, error: 0.001 } },
    { name: 'peak', before: { value: null, error: null, reason: 'too few events' }, after: { value: 91, error: 1 } },
  ],
  caveats: ['Leptons below 5 GeV were not in the sample.'],
};

describe('card of an exported model', () => {
  const text = exportCard(facts);
  const card = parse(text) as Record<string, unknown>;

  it('identifies the file and what it was made from', () => {
    expect(card).toMatchObject({
      name: 'dilepton-correction',
      file: 'dilepton-correction.onnx',
      sha256: createHash('sha256').update(facts.bytes).digest('hex'),
      opset: 17,
      licence: 'Apache-2.0',
      versions: { regimewatch: '0.1.0', regime_map: map.version, correction: correction.version },
      training: {
        pipeline: 'dilepton',
        pipeline_hash: 'abc',
        samples: [{ file: 'stress.parquet', events: 100, sha256: 'def' }],
        events: { train: 70, validation: 15, test: 15 },
        fitted: facts.fitted,
        layer: 'smooth',
        degree: 1,
      },
      validation: { file: 'dilepton-correction.vectors.json', rows: 1000 },
    });
    expect(text).not.toContain('some/folder');
  });

  it('names inputs and outputs in order, with units and ranges', () => {
    expect(card.inputs).toEqual([
      { name: 'H_T', type: 'float64', unit: 'GeV', range_in_training: [12.5, 3516] },
      { name: 'abs_deta', type: 'float64', unit: null, range_in_training: [0, 6.5] },
      { name: 'm_reco', type: 'float64', unit: 'GeV', range_in_training: null },
    ]);
    expect(card.outputs).toMatchObject([
      { name: 'regime' },
      { name: 'correction' },
      { name: 'm_reco_corrected', unit: 'GeV' },
    ]);
  });

  it('gives the envelope in the units of the inputs', () => {
    expect(card.envelope).toEqual([
      {
        regime: 0,
        label: 'regime 0',
        centroid: { H_T: 50, abs_deta: 0.5 },
        low: { H_T: 0, abs_deta: 0 },
        high: { H_T: 250, abs_deta: 1 },
      },
      {
        regime: 1,
        label: 'regime 1',
        centroid: { H_T: 450, abs_deta: 1 },
        low: { H_T: 250, abs_deta: null },
        high: { H_T: 750, abs_deta: 2 },
      },
    ]);
  });

  it('says that a constant has no bounds', () => {
    const constant = {
      ...correction,
      layer: 'regime',
      degree: 0,
      low: [],
      high: [],
      coefficients: [[0], [0]],
    } as const;
    const { envelope } = parse(exportCard({ ...facts, correction: constant })) as { envelope: unknown[] };
    expect(envelope[1]).toEqual({
      regime: 1,
      label: 'regime 1',
      centroid: { H_T: 450, abs_deta: 1 },
      bounds: 'none: one value for the whole regime',
    });
  });

  it('shows figures with their errors or the reason, the verdict, and caveats', () => {
    expect(card.correction).toEqual(facts.decision);
    expect(card.figures_on_test).toEqual({
      bias: { before: { value: -0.02, error: 0.001 }, after: { value: 0.0001, error: 0.001 } },
      peak: { before: { value: null, error: null, reason: 'too few events' }, after: { value: 91, error: 1 } },
    });
    expect(card.caveats).toContain('Leptons below 5 GeV were not in the sample.');
  });

  it('names the runtime that these tests run models with', () => {
    const about = new URL('../../../node_modules/onnxruntime-node/package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(about, 'utf8')) as { version: string };
    expect(TESTED_WITH).toBe(`onnxruntime ${version}`);
  });
});
