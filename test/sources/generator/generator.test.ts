import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isList, type Batch } from '../../../operators/batch.js';
import type { FastReconstructionConfig } from '../../../operators/reconstruction/config.js';
import { generator, generatorSource } from '../../../sources/generator/generator.js';

const reco: FastReconstructionConfig = {
  seed: 3,
  objects: [
    { pt: ['gen_l1_pt', 'reco_l1_pt'], eta: ['gen_l1_eta', 'reco_l1_eta'], phi: ['gen_l1_phi', 'reco_l1_phi'] },
    { pt: ['gen_l2_pt', 'reco_l2_pt'], eta: ['gen_l2_eta', 'reco_l2_eta'], phi: ['gen_l2_phi', 'reco_l2_phi'] },
  ],
  pt_scale: '0',
  pt_width: '0.01 + 0.0001 * pt',
  eta_width: '0.001',
  phi_width: '0.001',
  context: { pt_scale: 'where(gen_l1_pt + gen_l2_pt > 300, -0.05, 0)' },
  from_event: 150,
};

async function collect(batches: AsyncIterable<Batch>): Promise<{ events: number; columns: Map<string, number[]> }> {
  const columns = new Map<string, number[]>();
  let events = 0;
  for await (const batch of batches) {
    events += batch.length;
    for (const [name, column] of batch.columns) {
      if (isList(column)) throw new Error(name);
      expect(column.length).toBe(batch.length);
      columns.set(name, [...(columns.get(name) ?? []), ...column]);
    }
  }
  return { events, columns };
}

describe('generator', () => {
  const path = 'generator:1000?seed=5&high_pt=0.5';

  it('describes its columns and number of events', async () => {
    const { columns, events, fixed } = await generator.describe(path, {});
    expect({ events, fixed }).toEqual({ events: 1000, fixed: true });
    expect(columns.map(({ name }) => name)).toEqual([
      'event',
      'weight',
      'flavour',
      ...['gen_l1_pt', 'gen_l1_eta', 'gen_l1_phi', 'gen_l2_pt', 'gen_l2_eta', 'gen_l2_phi'],
    ]);
  });

  it('gives only the columns asked for, the event number first to last, weight 1', async () => {
    const { events, columns } = await collect(generator.read(path, ['event', 'weight'], { batchEvents: 300 }));
    expect(events).toBe(1000);
    expect([...columns.keys()]).toEqual(['event', 'weight']);
    expect(columns.get('event')).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(new Set(columns.get('weight'))).toEqual(new Set([1]));
  });

  it('gives the same events in any range and batch size', async () => {
    const source = generatorSource({ events: 300, seed: 1, high_pt_fraction: 0.3, reco });
    const names = source.describe().columns.map(({ name }) => name);
    const whole = (await collect(source.read(names, { batchEvents: 300 }))).columns;
    const edge = fc.integer({ min: 0, max: 320 });
    await fc.assert(
      fc.asyncProperty(edge, edge, fc.integer({ min: 1, max: 320 }), async (from, to, batchEvents) => {
        const { events, columns } = await collect(source.read(names, { batchEvents, range: { from, to } }));
        expect(events).toBe(Math.max(0, Math.min(to, 300) - from));
        for (const [name, values] of columns) expect(values).toEqual(whole.get(name)!.slice(from, to));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps its bits', async () => {
    const source = generatorSource({ events: 10_000, seed: 1, high_pt_fraction: 0.3, reco });
    const names = source.describe().columns.map(({ name }) => name);
    const { columns } = await collect(source.read(names, { batchEvents: 10_000 }));
    const hash = createHash('sha256');
    for (const name of names) hash.update(new Uint8Array(Float64Array.from(columns.get(name)!).buffer));
    expect(hash.digest('hex')).toBe('99b7c678aeef7edb93ee5da349e5a4c6231549fb69cb7d16cfcf291bb61cf9c6');
  });

  it('reconstructs, with the injection from its event on', async () => {
    const config = { events: 300, seed: 1, high_pt_fraction: 1 };
    const names = ['gen_l1_pt', 'gen_l2_pt', 'reco_l1_pt'];
    const read = async (r: FastReconstructionConfig): Promise<Map<string, number[]>> =>
      (await collect(generatorSource({ ...config, reco: r }).read(names, { batchEvents: 100 }))).columns;
    const injected = await read(reco);
    const clean = await read({ ...reco, context: undefined });
    const shift = injected
      .get('reco_l1_pt')!
      .map((pt, i) => (pt - clean.get('reco_l1_pt')![i]!) / clean.get('gen_l1_pt')![i]!);
    const ht = clean.get('gen_l1_pt')!.map((pt, i) => pt + clean.get('gen_l2_pt')![i]!);
    expect(ht.slice(150).some((value) => value > 300)).toBe(true);
    shift.forEach((value, i) => {
      expect(value).toBeCloseTo(i >= 150 && ht[i]! > 300 ? -0.05 : 0, 12);
    });
  });

  it('stops early when the reader does', async () => {
    for await (const batch of generator.read('generator:1e12', ['event'], { batchEvents: 10 })) {
      expect(batch.length).toBe(10);
      break;
    }
  });

  it('makes no batch of no events', async () => {
    expect((await collect(generator.read('generator:0', ['event'], { batchEvents: 10 }))).events).toBe(0);
  });

  it('refuses a column that it does not have, a path that it cannot read, a formula of absent columns', async () => {
    await expect(collect(generator.read(path, ['reco_l1_pt'], { batchEvents: 10 }))).rejects.toThrow(
      /generator: no column 'reco_l1_pt'; it has: event, weight, .*gen_l2_phi$/,
    );
    await expect(generator.describe('generator:x', {})).rejects.toThrow(/'x' is not a number of events/);
    const config = { events: 1, seed: 1, high_pt_fraction: 0 };
    expect(() => generatorSource({ ...config, reco: { ...reco, context: { pt_scale: '-0.1 * H_T' } } })).toThrow(
      /generator: no column 'H_T'/,
    );
    expect(() => generatorSource({ ...config, seed: 0.5 })).toThrow(/generator: 0.5 is not a seed/);
  });
});
