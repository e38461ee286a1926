import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineBatch } from '../../runtime/define.js';
import { baseBatch, basePipeline, batchOf, defineBase, stageFor } from '../support/stage.js';

const one = (name: string, value: number) => baseBatch(3, { [name]: withSecond(name, value) });
function withSecond(name: string, value: number): Float64Array {
  const right = baseBatch(3).columns.get(name) as Float64Array;
  return right.with(1, value);
}

describe('an event is rejected with the reason', () => {
  test.each([
    ['gen_pt1', NaN, 'gen_pt1: not a finite number'],
    ['gen_pt1', Infinity, 'gen_pt1: not a finite number'],
    ['gen_pt1', -Infinity, 'gen_pt1: not a finite number'],
    ['gen_pt1', -1e-9, 'gen_pt1: outside [0, 1000] GeV'],
    ['gen_pt1', 1000.1, 'gen_pt1: outside [0, 1000] GeV'],
    ['gen_eta2', 5.01, 'gen_eta2: outside [-5, 5]'],
    ['reco_pt1', NaN, 'reco_pt1: not a finite number'],
    ['reco_pt1', 1e300, 'delta: beyond ±1000'],
    ['reco_pt1', Number.MAX_VALUE, 'delta: beyond ±1000'],
    ['event', NaN, 'event: not a finite number'],
    ['w', NaN, 'w: not a finite number'],
    ['w', 2 ** 41, 'weight: beyond ±1099511627776'],
    ['w', -(2 ** 41), 'weight: beyond ±1099511627776'],
  ])('%s = %d: %s', (name, value, reason) => {
    const { chunk, rejected } = defineBase(one(name, value));
    expect(rejected).toEqual({ [reason]: 1 });
    expect([...chunk.position]).toEqual([0, 2]);
    expect([...chunk.columns.get('H_T')!]).toEqual([70, 72]);
    expect(chunk.keyHi[1]).toBe(0x40000000);
  });

  test.each([
    ['a formula that is no number', 'define.sum_reco=sqrt(0 - reco_pt1)', 'sum_reco: not a finite number'],
    ['a formula that overflows', 'context.H_T.formula=exp(gen_pt1 * 100 / 1)', 'H_T: not a finite number'],
    ['truth 0', 'define.sum_truth=0 * gen_pt1', 'delta: not a finite number'],
    ['a weight formula', 'weight=w / 0', 'weight: not a finite number'],
    ['a response out of reach', 'define.sum_truth=gen_pt1 * 1e-6', 'delta: beyond ±1000'],
  ])('%s', (_, override, reason) => {
    const { chunk, rejected } = defineBase(baseBatch(3), 'columns.gen_pt1={}', override);
    expect(rejected).toEqual({ [reason]: 3 });
    expect(chunk.length).toBe(0);
  });

  test('the first in the order of the columns, then of what is kept', () => {
    const batch = baseBatch(2, {
      gen_pt2: Float64Array.of(NaN, 30),
      gen_eta1: Float64Array.of(9, 9),
      w: Float64Array.of(NaN, NaN),
    });
    expect(defineBase(batch).rejected).toEqual({ 'gen_pt2: not a finite number': 1, 'gen_eta1: outside [-5, 5]': 1 });
  });

  test('ends of a range are inside, an open end is no end', () => {
    expect(defineBase(one('gen_pt1', 1000)).rejected).toEqual({});
    expect(defineBase(one('gen_eta1', -5)).rejected).toEqual({});
    const batch = one('gen_pt1', 5e5);
    expect(defineBase(batch, 'columns.gen_pt1.range=[0, null]').rejected).toEqual({});
    expect(defineBase(one('gen_pt1', -1), 'columns.gen_pt1.range=[0, null]').rejected).toEqual({
      'gen_pt1: outside [0, inf] GeV': 1,
    });
  });

  test('a column that nothing on needs is not looked at', () => {
    expect(defineBase(one('w', NaN), 'weight=none').rejected).toEqual({});
  });
});

describe('lists', () => {
  const overrides = ['columns.jets={ list: true, unit: GeV, range: [0, 500] }', 'define.sum_reco=reco_pt1 + sum(jets)'];
  const lists = (...events: number[][]) => ({
    offsets: Int32Array.from([0, ...events.map((_, i) => events.slice(0, i + 1).flat().length)]),
    values: Float32Array.from(events.flat()),
  });
  const defined = (...events: number[][]) => {
    const batch = baseBatch(events.length, { jets: lists(...events) });
    const stage = stageFor(basePipeline(...overrides), [...baseBatch(1).columns.keys(), 'jets[]']);
    return defineBatch(stage, batch);
  };

  test('are reduced by formulas, empty ones too', () => {
    const { chunk, rejected } = defined([], [1, 2], [3]);
    expect(rejected).toEqual({});
    expect([...chunk.columns.get('sum_reco')!]).toEqual([41, 42 + 3, 43 + 3]);
  });

  test('hold the range for each element', () => {
    expect(defined([501], [1, -1], [1, 500], [NaN], [0, Infinity]).rejected).toEqual({
      'jets: outside [0, 500] GeV': 2,
      'jets: not a finite number': 2,
    });
  });
});

test('read = used + rejected, each event by its own columns alone, for any garbage', () => {
  const value = fc.oneof(fc.double(), fc.double({ min: 0, max: 100, noNaN: true }));
  const event = fc.tuple(value, value, value, value, value, value, value);
  const names = ['event', 'gen_pt1', 'gen_pt2', 'gen_eta1', 'gen_eta2', 'reco_pt1', 'w'];
  const batchWith = (events: readonly (readonly number[])[]) =>
    batchOf(Object.fromEntries(names.map((name, c) => [name, Float64Array.from(events, (x) => x[c]!)])), events.length);
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { chunk, rejected } = defineBase(batchWith(events));
      expect(chunk.length + Object.values(rejected).reduce((sum, n) => sum + n, 0)).toBe(events.length);
      const alone = events.map((each) => defineBase(batchWith([each])));
      expect([...chunk.columns.get('H_T')!]).toEqual(alone.flatMap((each) => [...each.chunk.columns.get('H_T')!]));
      expect([...chunk.split]).toEqual(alone.flatMap((each) => [...each.chunk.split]));
    }),
    { numRuns: 200 },
  );
});

test('number types of the file make no difference', () => {
  const events = {
    gen_pt1: Uint8Array.of(40, 41, 42),
    gen_pt2: Float32Array.of(30, 30, 30),
    event: Int32Array.of(0, 1, 2),
  };
  expect(defineBase(baseBatch(3, events))).toEqual(defineBase(baseBatch(3)));
});

test('positions are counted from the start of the batch, or given', () => {
  const overrides = ['identity=position'];
  const stage = stageFor(basePipeline(...overrides), [...baseBatch(1).columns.keys()]);
  const plain = { ...baseBatch(3), start: 1000 };
  expect([...defineBatch(stage, plain).chunk.position]).toEqual([1000, 1001, 1002]);
  const given = { ...plain, positions: Float64Array.of(1000, 1001, 1002, 7) };
  expect(defineBatch(stage, given).chunk).toEqual(defineBatch(stage, plain).chunk);
});

test('the split follows the shares and the seed, and only the identity', () => {
  const n = 20_000;
  const batch = baseBatch(n, { gen_pt1: new Float64Array(n).fill(40), reco_pt1: new Float64Array(n).fill(40) });
  const { split } = defineBase(batch).chunk;
  const share = (which: number) => split.filter((x) => x === which).length / n;
  // Four standard errors, sqrt(p (1 - p) / n).
  expect(Math.abs(share(0) - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / n));
  expect(Math.abs(share(1) - 0.15)).toBeLessThan(4 * Math.sqrt((0.15 * 0.85) / n));
  const reweighted = baseBatch(n, { gen_pt1: new Float64Array(n).fill(50), w: new Float64Array(n).fill(-3) });
  expect(defineBase(reweighted).chunk.split).toEqual(split);
  expect(defineBase(batch, 'split.seed=2').chunk.split).not.toEqual(split);
});

describe('fast reconstruction', () => {
  const overrides = [
    'fast_reconstruction={ objects: [{ pt: [gen_pt1, reco_pt1], eta: [gen_eta1, r_eta], phi: [gen_eta2, r_phi] }], pt_width: 0.1 * pt / 40 }',
    'columns.r_eta={}',
    'columns.r_phi={}',
  ];
  const loaded = basePipeline(...overrides);
  const offered = ['event', 'gen_pt1', 'gen_pt2', 'gen_eta1', 'gen_eta2', 'w'];
  const withoutReco = (n: number, columns = {}) => {
    const { columns: all, ...batch } = baseBatch(n, columns);
    return { ...batch, columns: new Map([...all].filter(([name]) => name !== 'reco_pt1')) };
  };

  test('makes what the sample lacks, the same for an event in any batch', () => {
    const stage = stageFor(loaded, offered);
    const { chunk, rejected } = defineBatch(stage, withoutReco(100));
    expect(rejected).toEqual({});
    const reco = chunk.columns.get('sum_reco')!;
    expect(reco.every((x, i) => x !== 70 + i && Math.abs(x - 70 - i) < 200)).toBe(true);
    const part = withoutReco(100);
    const tail = new Map([...part.columns].map(([name, x]) => [name, (x as Float64Array).slice(60)]));
    const again = defineBatch(stage, { start: 60, length: 40, columns: tail }).chunk;
    expect([...again.columns.get('sum_reco')!]).toEqual([...reco.slice(60)]);
  });

  test('is not asked about an event that is rejected already', () => {
    const { rejected, chunk } = defineBatch(
      stageFor(loaded, offered),
      withoutReco(3, { gen_pt1: Float64Array.of(40, -40, 40) }),
    );
    expect(rejected).toEqual({ 'gen_pt1: outside [0, 1000] GeV': 1 });
    expect([...chunk.position]).toEqual([0, 2]);
  });
});
