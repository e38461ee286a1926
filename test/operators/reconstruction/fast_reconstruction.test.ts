import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../operators/batch.js';
import { deltaPhi } from '../../../operators/expressions/functions/delta_phi.js';
import type { FastReconstructionConfig } from '../../../operators/reconstruction/config.js';
import { fastReconstruction } from '../../../operators/reconstruction/fast_reconstruction.js';

const leptons = [1, 2].map((n) => ({
  pt: [`gen_l${n}_pt`, `reco_l${n}_pt`],
  eta: [`gen_l${n}_eta`, `reco_l${n}_eta`],
  phi: [`gen_l${n}_phi`, `reco_l${n}_phi`],
  with: { flavour: 'flavour' },
})) as unknown as FastReconstructionConfig['objects'];

const base: FastReconstructionConfig = {
  seed: 1,
  objects: leptons,
  pt_scale: '-0.002',
  pt_width: 'where(flavour == 13, 0.01 + 0.0001 * pt, 0.02) * (1 + abs(eta) / 5)',
  eta_width: '0.001',
  phi_width: '0.002',
};

const plain = { ...base, pt_scale: '0', pt_width: '0', eta_width: '0', phi_width: '0' };

/** Events with a simple truth; `numbers` names them, so that any subset in any order can be made. */
function truth(numbers: readonly number[]): Map<string, Column> {
  const column = (f: (n: number) => number): Float64Array => Float64Array.from(numbers, f);
  return new Map<string, Column>([
    ['flavour', Int32Array.from(numbers, (n) => (n % 2 ? 11 : 13))],
    ['gen_l1_pt', Float32Array.from(numbers, (n) => 20 + ((n * 37) % 400))],
    ['gen_l1_eta', column((n) => ((n * 13) % 50) / 10 - 2.5)],
    ['gen_l1_phi', column((n) => ((n * 29) % 63) / 10 - 3.1)],
    ['gen_l2_pt', column((n) => 15 + ((n * 53) % 300))],
    ['gen_l2_eta', column((n) => ((n * 17) % 50) / 10 - 2.5)],
    ['gen_l2_phi', column((n) => 3.14 - ((n * 31) % 63) / 10)],
    ['H_T', column((n) => 35 + ((n * 37) % 400) + ((n * 53) % 300))],
  ]);
}

function run(
  config: FastReconstructionConfig,
  numbers: readonly number[],
  columns = truth(numbers),
): Map<string, Float64Array> {
  const keyLo = Uint32Array.from(numbers, (n) => n >>> 0);
  const keyHi = Uint32Array.from(numbers, (n) => Math.floor(n / 2 ** 32));
  return fastReconstruction(config).apply(columns, keyLo, keyHi, Float64Array.from(numbers), numbers.length);
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** The first lepton's (reco − gen)/gen. */
function response(config: FastReconstructionConfig, numbers: readonly number[]): Float64Array {
  const gen = truth(numbers).get('gen_l1_pt') as Float32Array;
  return run(config, numbers)
    .get('reco_l1_pt')!
    .map((pt, i) => pt / gen[i]! - 1);
}

function moments(x: Float64Array): { mean: number; width: number } {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return { mean, width: Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length) };
}

/** A standard normal sample of this size: mean 0 and width 1 within 4 standard errors. */
function expectStandard(z: Float64Array): void {
  const { mean, width } = moments(z);
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(z.length));
  expect(Math.abs(width - 1)).toBeLessThan(4 / Math.sqrt(2 * z.length));
}

describe('fastReconstruction', () => {
  it('says what it needs and makes', () => {
    const { needs, makes } = fastReconstruction({ ...base, context: { pt_scale: '-0.02 * (H_T > 300)' } });
    expect([...needs].sort()).toEqual([...truth([]).keys()].sort());
    expect(makes).toEqual(leptons.flatMap(({ pt, eta, phi }) => [pt[1], eta[1], phi[1]]));
  });

  it('has pulls of mean 0 and width 1 in pT, η and φ of both leptons', () => {
    const numbers = range(50_000);
    const columns = truth(numbers);
    const made = run(base, numbers);
    const flavour = columns.get('flavour') as Int32Array;
    for (const l of ['l1', 'l2']) {
      const gen = (name: string): Float64Array => columns.get(`gen_${l}_${name}`) as Float64Array;
      const reco = (name: string): Float64Array => made.get(`reco_${l}_${name}`)!;
      const width = (i: number): number =>
        (flavour[i] === 13 ? 0.01 + 0.0001 * gen('pt')[i]! : 0.02) * (1 + Math.abs(gen('eta')[i]!) / 5);
      expectStandard(reco('pt').map((pt, i) => (pt / gen('pt')[i]! - 1 + 0.002) / width(i)));
      expectStandard(reco('eta').map((eta, i) => (eta - gen('eta')[i]!) / 0.001));
      expectStandard(reco('phi').map((phi, i) => deltaPhi(phi, gen('phi')[i]!) / 0.002));
    }
  });

  it('draws pT, η, φ and the two leptons independently', () => {
    const unit = { ...base, pt_scale: '0', pt_width: '0.001', eta_width: '1', phi_width: '0.001' };
    const numbers = range(20_000);
    const made = run(unit, numbers);
    const columns = truth(numbers);
    const z = leptons.flatMap(({ pt, eta, phi }) =>
      [pt, eta, phi].map(([gen, reco], which) => {
        const from = columns.get(gen) as Float64Array;
        return made.get(reco)!.map((value, i) => {
          if (which === 0) return (value / from[i]! - 1) / 0.001;
          return which === 1 ? value - from[i]! : deltaPhi(value, from[i]!) / 0.001;
        });
      }),
    );
    for (let a = 0; a < z.length; a++) {
      for (let b = 0; b < a; b++) {
        const correlation = z[a]!.reduce((sum, value, i) => sum + value * z[b]![i]!, 0) / numbers.length;
        expect(Math.abs(correlation), `draws ${a} and ${b}`).toBeLessThan(4.5 / Math.sqrt(numbers.length));
      }
    }
  });

  it('takes the tail with its probability, mean and width', () => {
    const numbers = range(50_000);
    const tail = { fraction: '0.2', scale: '-0.5', width: '0.01' };
    const delta = response({ ...plain, pt_width: '0.01', tail }, numbers);
    const inTail = delta.filter((d) => d < -0.25);
    const share = inTail.length / delta.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / delta.length));
    expectStandard(inTail.map((d) => (d + 0.5) / 0.01));
    expectStandard(delta.filter((d) => d >= -0.25).map((d) => d / 0.01));
  });

  it('adds the context scale, and the context width in quadrature, from its event on', () => {
    const numbers = range(40_000);
    const context = { pt_scale: 'where(H_T > 300, -0.03, 0) - 0 * pt', pt_width: '0.04' };
    const delta = response({ ...plain, pt_width: '0.03', context, from_event: 20_000 }, numbers);
    const ht = truth(numbers).get('H_T') as Float64Array;
    expectStandard(delta.slice(0, 20_000).map((d) => d / 0.03));
    expectStandard(delta.slice(20_000).map((d, i) => (d + (ht[20_000 + i]! > 300 ? 0.03 : 0)) / 0.05));
    expect(run({ ...base, context, from_event: 40_000 }, numbers)).toEqual(run(base, numbers));
  });

  it('returns the truth, bit for bit, when all widths are 0', () => {
    const numbers = range(100);
    const columns = truth(numbers);
    const made = run(plain, numbers);
    for (const { pt, eta, phi } of leptons) {
      for (const [gen, reco] of [pt, eta, phi]) {
        expect(made.get(reco)).toEqual(Float64Array.from(columns.get(gen) as Float64Array));
      }
    }
  });

  it('gives the same bits for any order of the events and any split into batches', () => {
    const config = {
      ...base,
      tail: { fraction: '0.1', scale: '-0.1', width: '0.05' },
      context: { pt_scale: '-0.0001 * H_T' },
      from_event: 2 ** 32 + 20,
    };
    const all = range(60).map((i) => 2 ** 32 - 5 + i);
    const whole = run(config, all);
    const orders = fc.shuffledSubarray(range(60), { minLength: 60 });
    fc.assert(
      fc.property(orders, fc.array(fc.integer({ min: 1, max: 59 })), (order, cuts) => {
        const edges = [0, ...[...new Set(cuts)].sort((a, b) => a - b), 60];
        for (let part = 1; part < edges.length; part++) {
          const chosen = order.slice(edges[part - 1], edges[part]);
          const made = run(
            config,
            chosen.map((i) => all[i]!),
          );
          for (const [name, values] of made) {
            expect(values).toEqual(Float64Array.from(chosen, (i) => whole.get(name)![i]!));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('depends on the seed, the event and the object', () => {
    const flat = truth([1, 1, 1, 1]);
    for (const name of ['pt', 'eta', 'phi']) flat.set(`gen_l2_${name}`, flat.get(`gen_l1_${name}`)!);
    const made = run(base, [1, 1 + 2 ** 32, 2, 3], flat);
    const other = run({ ...base, seed: 2 }, [1, 1 + 2 ** 32, 2, 3], flat);
    const values = [made, other].flatMap((m) => ['reco_l1_pt', 'reco_l2_pt'].flatMap((name) => [...m.get(name)!]));
    expect(new Set(values).size).toBe(16);
  });

  it('never returns a pT below 1 % of the truth', () => {
    const numbers = range(20_000);
    const delta = response({ ...plain, pt_width: '1' }, numbers);
    const floored = delta.filter((d) => d < -0.99 + 1e-12).length / numbers.length;
    // Φ(−0.99) = 0.16109
    expect(Math.abs(floored - 0.16109)).toBeLessThan(4 * Math.sqrt((0.161 * 0.839) / numbers.length));
    expect(Math.min(...delta)).toBeCloseTo(-0.99, 12);
  });

  it('keeps φ in (−π, π]', () => {
    const phi = run({ ...base, phi_width: '2' }, range(20_000)).get('reco_l1_phi')!;
    expect(Math.min(...phi)).toBeGreaterThan(-Math.PI);
    expect(Math.max(...phi)).toBeLessThanOrEqual(Math.PI);
    expect(Math.max(...phi)).toBeGreaterThan(3.13);
  });

  it('gives NaN for NaN, in that event and that quantity only', () => {
    const columns = truth([0, 1, 2]);
    (columns.get('gen_l1_pt') as Float32Array)[1] = NaN;
    const made = run({ ...base, pt_width: '0.01' }, [0, 1, 2], columns);
    expect(Number.isNaN(made.get('reco_l1_pt')![1]!)).toBe(true);
    made.get('reco_l1_pt')![1] = 0;
    for (const [name, values] of made) expect(values.every(Number.isFinite), name).toBe(true);
  });

  it('makes empty columns of no events', () => {
    for (const values of run(base, []).values()) expect(values.length).toBe(0);
  });

  const wrong: [string, FastReconstructionConfig, RegExp][] = [
    ['a seed', { ...base, seed: -1 }, /fast_reconstruction\.seed: -1 is not a seed/],
    ['grammar', { ...base, pt_scale: '1 +' }, /fast_reconstruction\.pt_scale: formula '1 \+'/],
    [
      'a name that is not local',
      { ...base, pt_width: '0.1 * H_T' },
      /pt_width: .* uses 'H_T', .*\(pt, eta, phi, flavour\)/,
    ],
    ['a column made twice', { ...base, objects: [leptons[0]!, leptons[0]!] }, /'reco_l1_pt' is made twice/],
    ['a column read and made', { ...base, context: { pt_scale: 'reco_l1_pt' } }, /'reco_l1_pt' is both read and made/],
    ['a local name taken', { ...base, objects: [{ ...leptons[0]!, with: { pt: 'x' } }] }, /'with' may not rename 'pt'/],
    ['a negative width', { ...base, eta_width: '1 - pt' }, /eta_width: -\d+ at event 7; a width is 0 or more/],
  ];
  it.each(wrong)('refuses %s', (_, config, message) => {
    expect(() => run(config, [7])).toThrow(message);
  });
});
