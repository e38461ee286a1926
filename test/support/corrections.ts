import fc from 'fast-check';
import { applyCorrection } from '../../operators/correction/apply.js';
import { features, type CorrectionModel } from '../../operators/correction/correction_model.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { contentHash } from '../../operators/summaries/codec.js';

interface Drawn {
  readonly map: RegimeMap;
  readonly correction: CorrectionModel;
}

export function correctionModel(content: Omit<CorrectionModel, 'version'>): CorrectionModel {
  return { ...content, version: contentHash(content) };
}

export function regimeMap(content: Pick<RegimeMap, 'variables' | 'scale' | 'centroids'>): RegimeMap {
  return { ...content, labels: content.centroids.map((_, r) => `regime ${r}`), version: contentHash(content) };
}

const rows = (count: number, columns: number, entry: fc.Arbitrary<number>) => {
  const row = fc.array(entry, { minLength: columns, maxLength: columns });
  return fc.array(row, { minLength: count, maxLength: count });
};

// Halves make exact ties and equal centroids likely.
const half = fc.integer({ min: -6, max: 6 }).map((i) => i / 2);
const number = fc.double({ min: -3, max: 3, noNaN: true });

/** Any map of 1 to 8 regimes over 1 to 4 variables with any correction on it. */
export const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    variables: fc.integer({ min: 1, max: 4 }),
    regimes: fc.integer({ min: 1, max: 8 }),
    degree: fc.constantFrom(0 as const, 1 as const, 2 as const),
    identity: fc.integer({ min: 0, max: 5 }).map((i) => i === 0),
  })
  .chain(({ variables, regimes, degree, identity }) => {
    const scale = fc.record({
      mean: half,
      width: fc.oneof(fc.constantFrom(0.5, 1, 4), fc.double({ min: 0.1, max: 7, noNaN: true })),
    });
    return fc
      .record({
        scale: fc.array(scale, { minLength: variables, maxLength: variables }),
        centroids: rows(regimes, variables, fc.oneof(half, number)),
        low: rows(regimes, variables, fc.oneof(half, number, fc.constant(-Infinity))),
        reach: rows(
          regimes,
          variables,
          fc.oneof(fc.constant(0), fc.constant(Infinity), fc.double({ min: 0, max: 4, noNaN: true })),
        ),
        coefficients: rows(
          regimes,
          features(variables, degree).length,
          fc.double({ min: -0.02, max: 0.02, noNaN: true }),
        ),
      })
      .map(({ scale, centroids, low, reach, coefficients }): Drawn => {
        const names = ['H_T', 'abs_deta', '_n', '__vertices'].slice(0, variables);
        const map = regimeMap({ variables: names, scale, centroids });
        const high = low.map((row, r) => row.map((bound, d) => (bound === -Infinity ? 1 : bound + reach[r]![d]!)));
        const layer = identity ? 'identity' : degree === 0 ? 'regime' : 'smooth';
        const content = { regimeMap: map.version, layer, variables: names, degree, low, high, coefficients } as const;
        return { map, correction: correctionModel(content) };
      });
  });

/** Context rows around a map: on and beyond the bounds, on the centroids and half-way between them. */
export function contextOf({ map, correction }: Drawn, seed: number): Float64Array[] {
  const { scale, centroids } = map;
  const points: (readonly number[])[] = [...correction.low, ...correction.high, ...centroids];
  for (const a of centroids) for (const b of centroids) points.push(a.map((x, d) => (x + b[d]!) / 2));
  for (let i = 0, state = seed | 1; i < 40; i++) {
    points.push(
      scale.map(() => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return (state / 2 ** 32 - 0.5) * 12;
      }),
    );
  }
  const used = points.filter((row) => row.every(Number.isFinite));
  return scale.map(({ mean, width }, d) => Float64Array.from(used, (row) => mean + width * row[d]!));
}

/** What the pipeline itself calculates for these events. */
export function pipelineValues({ map, correction }: Drawn, context: readonly Float64Array[], value: Float64Array) {
  const length = value.length;
  const regime = new Uint16Array(length);
  assignRegimes(map, context, length, regime, new Float64Array(length));
  const c = new Float64Array(length);
  applyCorrection(correction, map, context, regime, length, c);
  return { regime: [...regime], correction: [...c], corrected: Array.from(value, (x, i) => x / (1 + c[i]!)) };
}
