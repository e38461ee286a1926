import { describe, expect, it } from 'vitest';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { STREAM } from '../../../operators/random/streams.js';
import { uniform } from '../../../operators/random/uniform.js';
import type { Parameter } from '../../../operators/reconstruction/response_formulas.js';
import { FLOOR, smear } from '../../../operators/reconstruction/smear.js';

/** One event, number 12 of seed 5, object 1. */
function one(parameters: Partial<Record<Parameter, number>>, context = 1): { pt: number; eta: number; phi: number } {
  const into = { pt: new Float64Array(1), eta: new Float64Array(1), phi: new Float64Array(1) };
  const columns = Object.entries({ pt: 50, eta: 1, phi: 2, ...parameters }).map(
    ([name, value]) => [name as Parameter, Float64Array.of(value)] as const,
  );
  const events = {
    seed: 5,
    keyLo: Uint32Array.of(12),
    keyHi: Uint32Array.of(0),
    context: Uint8Array.of(context),
    length: 1,
  };
  smear(events, 1, new Map(columns), into);
  return { pt: into.pt[0]!, eta: into.eta[0]!, phi: into.phi[0]! };
}

const words = new Uint32Array(4);
philox(12, 0, 1, 0, 5, STREAM.reconstruction, words);
const g1 = normal(uniform(words[0]!, words[1]!));
const choice = uniform(words[2]!, words[3]!);
philox(12, 0, 1, 1, 5, STREAM.reconstruction, words);
const g2 = normal(uniform(words[0]!, words[1]!));
const g3 = normal(uniform(words[2]!, words[3]!));

describe('smear', () => {
  it('is its formula', () => {
    const widths = { pt_scale: -0.01, pt_width: 0.03, eta_width: 0.002, phi_width: 0.004 };
    expect(one(widths)).toEqual({ pt: 50 * (1 - 0.01 + 0.03 * g1), eta: 1 + 0.002 * g2, phi: 2 + 0.004 * g3 });
    const context = { ...widths, 'context.pt_scale': -0.02, 'context.pt_width': 0.04 };
    expect(one(context).pt).toBeCloseTo(50 * (1 - 0.03 + 0.05 * g1), 12);
    expect(one(context, 0)).toEqual(one(widths));
  });

  it('takes the tail when the choice is below the fraction', () => {
    const tail = { 'tail.scale': -0.2, 'tail.width': 0.1 };
    const inTail = 50 * (1 - 0.2 + 0.1 * g1);
    expect(one({ ...tail, 'tail.fraction': choice * 1.001 }).pt).toBe(inTail);
    expect(one({ ...tail, 'tail.fraction': choice * 0.999 }).pt).toBe(50);
    expect(one({ ...tail, 'tail.fraction': 2 }).pt).toBe(inTail);
    expect(one({ ...tail, 'tail.fraction': -1 }).pt).toBe(50);
  });

  it('keeps pT above its floor and φ in its range', () => {
    expect(one({ pt_scale: -3 }).pt).toBe(50 * FLOOR);
    expect(one({ phi: 4 }).phi).toBeCloseTo(4 - 2 * Math.PI, 14);
    expect(one({ phi: -Math.PI }).phi).toBe(Math.PI);
  });

  it.each<[Parameter, 'pt' | 'eta' | 'phi']>([
    ['pt', 'pt'],
    ['pt_scale', 'pt'],
    ['pt_width', 'pt'],
    ['context.pt_scale', 'pt'],
    ['eta', 'eta'],
    ['eta_width', 'eta'],
    ['phi', 'phi'],
    ['phi_width', 'phi'],
  ])('gives NaN for a NaN of %s in %s alone', (parameter, quantity) => {
    const made = one({ [parameter]: NaN });
    for (const name of ['pt', 'eta', 'phi'] as const) expect(Number.isNaN(made[name])).toBe(name === quantity);
  });
});
