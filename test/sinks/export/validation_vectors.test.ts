import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { CorrectionModel } from '../../../operators/correction/correction_model.js';
import { messageOf, Problem } from '../../../operators/problem.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { correctionOnnx } from '../../../sinks/export/correction_onnx.js';
import { validationVectors, type ValidationVectors } from '../../../sinks/export/validation_vectors.js';
import { correctionModel, drawn, pipelineValues, regimeMap } from '../../support/corrections.js';

const map = regimeMap({
  variables: ['H_T', 'abs_deta'],
  scale: [
    { mean: 150, width: 100 },
    { mean: 1.3, width: 0.9 },
  ],
  centroids: [
    [-1, -1],
    [0, 1],
    [3, 0],
  ],
});
const bounds = {
  low: [
    [-1.4, -1.4],
    [-1.2, 0],
    [1, -1.4],
  ],
  high: [
    [1, 0],
    [1, 2],
    [6, 2],
  ],
};
const rows = [
  [0, 0.01, 0.002],
  [-0.01, 0, 0],
  [-0.03, -0.01, 0],
];
const correction = correctionModel({
  regimeMap: map.version,
  layer: 'smooth',
  variables: map.variables,
  degree: 1,
  ...bounds,
  coefficients: rows,
});
const config = { reco: 'm_reco', range: [60, 120] } as const;

/** Null for a correction that leaves no value. */
function vectorsOf(model: { correction: CorrectionModel; map: RegimeMap }): ValidationVectors | null {
  try {
    return validationVectors(model.correction, model.map, { ...config, rows: 80 });
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(messageOf(error)).toMatch(/^correction: 1 \+ c is -?[\d.e-]+ at /);
    return null;
  }
}

describe('validation vectors', () => {
  const vectors = validationVectors(correction, map, config);
  const context = map.variables.map((name) => vectors.inputs[name]!);

  it('are a thousand rows of every input and output, the same every time, and survive JSON', () => {
    expect(Object.keys(vectors.inputs)).toEqual(['H_T', 'abs_deta', 'm_reco']);
    expect(Object.keys(vectors.outputs)).toEqual(['regime', 'correction', 'm_reco_corrected']);
    for (const column of [...Object.values(vectors.inputs), ...Object.values(vectors.outputs)]) {
      expect(column).toHaveLength(1000);
      expect(column.every(Number.isFinite)).toBe(true);
    }
    expect(validationVectors(correction, map, config)).toEqual(vectors);
    expect(JSON.parse(JSON.stringify(vectors))).toEqual(vectors);
    expect(
      validationVectors({ ...correction, version: `f${correction.version.slice(1)}` }, map, config).inputs,
    ).not.toEqual(vectors.inputs);
  });

  it('are what the pipeline calculates', () => {
    const columns = context.map((x) => Float64Array.from(x));
    const expected = pipelineValues({ map, correction }, columns, Float64Array.from(vectors.inputs.m_reco!));
    expect(vectors.outputs).toEqual({
      regime: expected.regime,
      correction: expected.correction,
      m_reco_corrected: expected.corrected,
    });
  });

  it('lie in the box of each regime in turn, on its edges, and beyond it', () => {
    const tolerance = 1e-5;
    for (let i = 0; i < vectors.rows; i++) {
      const regime = i % 3;
      const place = Math.floor(i / 3) % 10;
      context.forEach((column, d) => {
        const x = (column[i]! - map.scale[d]!.mean) / map.scale[d]!.width;
        const [low, high] = [bounds.low[regime]![d]!, bounds.high[regime]![d]!];
        if (place < 7) expect(x > low - tolerance && x < high + tolerance).toBe(true);
        if (place === 7) expect(x).toBeCloseTo(low, 5);
        if (place === 8) expect(x).toBeCloseTo(high, 5);
        if (place === 9) expect((x < low && x > low - 3.1) || (x > high && x < high + 3.1)).toBe(true);
      });
    }
    expect(new Set(vectors.outputs.regime)).toEqual(new Set([0, 1, 2]));
    expect(vectors.inputs.m_reco!.every((m) => m >= 60 && m <= 120)).toBe(true);
  });

  it('reach the exported model, any model, through single-precision inputs', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (model) => {
        const vectors = vectorsOf(model);
        // Beyond a box without bounds a polynomial may leave no value: that is refused, below.
        fc.pre(vectors !== null);
        const { inputs, outputs } = vectors;
        const about = { pipeline: { name: 'p', title: 't', hash: 'h' }, units: {}, program: '0' };
        const session = await ort.InferenceSession.create(correctionOnnx({ ...about, ...model, reco: 'm_reco' }));
        const feeds = Object.entries(inputs).map(([name, x]): [string, ort.Tensor] => {
          expect(x.map(Math.fround)).toEqual(x);
          return [name, new ort.Tensor('float64', Float64Array.from(x), [x.length])];
        });
        const out = await session.run(Object.fromEntries(feeds));
        for (const [name, x] of Object.entries(outputs)) {
          expect(Array.from(out[name]!.data as Float64Array | BigInt64Array, Number)).toEqual(x);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('take the context for the value where the corrected quantity is a context variable', () => {
    const { inputs, outputs } = validationVectors(correction, map, { ...config, reco: 'H_T' });
    expect(Object.keys(inputs)).toEqual(['H_T', 'abs_deta']);
    outputs.H_T_corrected!.forEach((x, i) => {
      expect(x).toBe(inputs.H_T![i]! / (1 + outputs.correction![i]!));
    });
  });

  it('refuse a correction that leaves no value', () => {
    const content = { ...correction, coefficients: [...rows.slice(0, 2), [-0.5, -0.2, 0]] };
    expect(() => validationVectors(content, map, config)).toThrow(
      /^correction: 1 \+ c is -0\.\d+ at H_T = \d+\.?\d*, abs_deta = -?\d+\.?\d*; lower its degree or use layer regime$/,
    );
  });
});
