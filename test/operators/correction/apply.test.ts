import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyCorrection } from '../../../operators/correction/apply.js';
import type { CorrectionModel } from '../../../operators/correction/correction_model.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { contextOf, correctionModel, drawn, pipelineValues, regimeMap } from '../../support/corrections.js';

interface Reference
  extends Pick<RegimeMap, 'scale' | 'centroids'>, Pick<CorrectionModel, 'low' | 'high' | 'coefficients'> {
  readonly variables: number;
  readonly degree: 0 | 1 | 2;
  readonly context: readonly (readonly number[])[];
  readonly regime: readonly number[];
  readonly correction: readonly number[];
}

const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/export/correction.json', import.meta.url), 'utf8'),
) as Reference[];

function modelOf({ degree, low, high, coefficients, ...rest }: Reference) {
  const variables = rest.scale.map((_, d) => `x${d}`);
  const map = regimeMap({ variables, scale: rest.scale, centroids: rest.centroids });
  const layer = degree === 0 ? 'regime' : 'smooth';
  const content = { regimeMap: map.version, layer, variables, degree, low, high, coefficients } as const;
  return { map, correction: correctionModel(content) };
}

describe('correction of events', () => {
  it.each(reference)('agrees with scikit-learn: $variables variables, degree $degree', (row) => {
    const context = row.context.map((column) => Float64Array.from(column));
    const { regime, correction } = pipelineValues(modelOf(row), context, new Float64Array(row.regime.length));
    expect(regime).toEqual(row.regime);
    correction.forEach((c, i) => {
      expect(Math.abs(c - row.correction[i]!)).toBeLessThan(1e-14);
    });
  });

  it('does not depend on how the events are split into batches', () => {
    fc.assert(
      fc.property(drawn, fc.integer(), fc.integer({ min: 0, max: 30 }), (model, seed, cut) => {
        const context = contextOf(model, seed);
        const value = context[0]!;
        const parts = [context.map((x) => x.subarray(0, cut)), context.map((x) => x.subarray(cut))];
        const whole = pipelineValues(model, context, value);
        const split = parts.flatMap((part) => pipelineValues(model, part, part[0]!).correction);
        expect(split).toEqual(whole.correction);
      }),
      { numRuns: 50 },
    );
  });

  it('is constant beyond the bounds, and 0 for the identity', () => {
    const map = regimeMap({ variables: ['x'], scale: [{ mean: 10, width: 2 }], centroids: [[0]] });
    const content = { regimeMap: map.version, variables: ['x'], low: [[-1]], high: [[2]] } as const;
    const line = correctionModel({ ...content, layer: 'smooth', degree: 1, coefficients: [[0.5, 0.25]] });
    const context = [Float64Array.of(-100, 8, 10, 14, 15, 1e6)];
    const value = new Float64Array(6);
    expect(pipelineValues({ map, correction: line }, context, value).correction).toEqual([0.25, 0.25, 0.5, 1, 1, 1]);
    const identity = correctionModel({ ...content, layer: 'identity', degree: 0, coefficients: [] });
    expect(pipelineValues({ map, correction: identity }, context, value).correction).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('gives NaN for a context that is not finite, in any layer, and nothing for no events', () => {
    const map = regimeMap({ variables: ['x'], scale: [{ mean: 0, width: 1 }], centroids: [[0]] });
    const content = { regimeMap: map.version, variables: ['x'], low: [[-1]], high: [[1]] } as const;
    const layers = [
      { layer: 'identity', degree: 0, coefficients: [] },
      { layer: 'regime', degree: 0, coefficients: [[0.1]] },
      { layer: 'smooth', degree: 2, coefficients: [[0.1, 0.1, 0.1]] },
    ] as const;
    for (const layer of layers) {
      const model = correctionModel({ ...content, ...layer });
      const out = new Float64Array(4).fill(7);
      applyCorrection(model, map, [Float64Array.of(NaN, Infinity, -Infinity)], new Uint16Array(3), 3, out);
      expect([...out]).toEqual([NaN, NaN, NaN, 7]);
      applyCorrection(model, map, [new Float64Array(0)], new Uint16Array(0), 0, out);
      expect(out[3]).toBe(7);
    }
  });
});
