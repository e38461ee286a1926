import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { correctionOnnx, type OnnxExport } from '../../../sinks/export/correction_onnx.js';
import { contextOf, correctionModel, drawn, pipelineValues, regimeMap } from '../../support/corrections.js';

const ABOUT = {
  reco: 'm_reco',
  pipeline: { name: 'dilepton', title: 'Z → ll mass', hash: 'abc' },
  units: { H_T: 'GeV', m_reco: 'GeV' },
  program: '0.1.0',
};

/** The outputs of the model for columns of inputs. */
async function run(bytes: Uint8Array, inputs: Readonly<Record<string, Float64Array>>) {
  const session = await ort.InferenceSession.create(bytes);
  const feeds = Object.entries(inputs).map(([name, x]) => [name, new ort.Tensor('float64', x, [x.length])] as const);
  const out = await session.run(Object.fromEntries(feeds));
  const of = (name: string): number[] => Array.from(out[name]!.data as Float64Array | BigInt64Array, Number);
  return { session, of };
}

const map = regimeMap({ variables: ['H_T'], scale: [{ mean: 100, width: 50 }], centroids: [[-1], [1]] });
const constant = { regimeMap: map.version, layer: 'regime', variables: ['H_T'], degree: 0, low: [], high: [] } as const;
const correction = correctionModel({ ...constant, coefficients: [[0.25], [-0.5]] });
const small: OnnxExport = { ...ABOUT, map, correction };

describe('correction as an ONNX model', () => {
  it('gives the bits that the pipeline calculates, ties and clamped values included', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.integer(), async (model, seed) => {
        const context = contextOf(model, seed);
        const value = Float64Array.from(context[0]!, (_, i) => 91.1876 + i / 7);
        const expected = pipelineValues(model, context, value);
        const inputs = Object.fromEntries(model.map.variables.map((name, d) => [name, context[d]!]));
        const { of } = await run(correctionOnnx({ ...ABOUT, ...model }), { ...inputs, m_reco: value });
        expect(of('regime')).toEqual(expected.regime);
        expect(of('correction')).toEqual(expected.correction);
        expect(of('m_reco_corrected')).toEqual(expected.corrected);
      }),
      { numRuns: 40 },
    );
  });

  it('marks events whose context is not finite, and takes the first of two regimes equally near', async () => {
    const context = Float64Array.of(100, 99, 101, NaN, Infinity, -Infinity);
    const { of } = await run(correctionOnnx(small), { H_T: context, m_reco: new Float64Array(6).fill(10) });
    expect(of('regime')).toEqual([0, 0, 1, -1, -1, -1]);
    expect(of('correction')).toEqual([0.25, 0.25, -0.5, NaN, NaN, NaN]);
    expect(of('m_reco_corrected')).toEqual([8, 8, 20, NaN, NaN, NaN]);
  });

  it('takes any number of events, none included, and keeps names, types and order of its columns', async () => {
    const none = new Float64Array(0);
    const { session, of } = await run(correctionOnnx(small), { H_T: none, m_reco: none });
    expect(of('regime')).toEqual([]);
    expect(of('m_reco_corrected')).toEqual([]);
    expect(session.inputNames).toEqual(['H_T', 'm_reco']);
    expect(session.outputNames).toEqual(['regime', 'correction', 'm_reco_corrected']);
    const shapes = [...session.inputMetadata, ...session.outputMetadata].map((m) => m.isTensor && [m.type, ...m.shape]);
    const [double, int] = [
      ['float64', 'events'],
      ['int64', 'events'],
    ];
    expect(shapes).toEqual([double, double, int, double, double]);
  });

  it('has one input where the quantity is a context variable itself', async () => {
    const { session, of } = await run(correctionOnnx({ ...small, reco: 'H_T' }), { H_T: Float64Array.of(50, 150) });
    expect(session.inputNames).toEqual(['H_T']);
    expect(of('H_T_corrected')).toEqual([40, 300]);
  });

  it('says what it is in its metadata, and is the same bytes every time', () => {
    const bytes = correctionOnnx(small);
    expect(correctionOnnx(small)).toEqual(bytes);
    const { root } =
      protobuf.parse(`syntax = "proto2"; message Entry { optional string key = 1; optional string value = 2; }
      message Opset { optional int64 version = 2; }
      message Model { optional int64 ir = 1; repeated Opset opset = 8; repeated Entry metadata = 14; }`);
    const model = root.lookupType('Model').decode(bytes).toJSON();
    expect(model).toMatchObject({ ir: '8', opset: [{ version: '17' }] });
    const metadata = model.metadata as { key: string; value: string }[];
    expect(Object.fromEntries(metadata.map(({ key, value }) => [key, value]))).toEqual({
      pipeline: 'dilepton',
      pipeline_hash: 'abc',
      regime_map: map.version,
      correction: correction.version,
      layer: 'regime',
      labels: '["regime 0","regime 1"]',
      units: '{"H_T":"GeV","m_reco":"GeV"}',
    });
  });

  it('refuses names that its outputs have', () => {
    const taken = { ...map, variables: ['regime'] };
    expect(() =>
      correctionOnnx({ ...small, map: taken, correction: { ...correction, variables: ['regime'] } }),
    ).toThrow('regime: an output of the exported model has this name; rename it in the pipeline');
  });
});
