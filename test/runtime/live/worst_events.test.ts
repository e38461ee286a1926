import { beforeAll, describe, expect, test } from 'vitest';
import { worst, type WorstState } from '../../../operators/summaries/worst.js';
import { hashKey } from '../../../operators/hash.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { localColumn } from '../../../runtime/local_pass.js';
import { windowBookEntries, windowRowMaker } from '../../../runtime/live/window_book.js';
import { worstEntry, worstEvents } from '../../../runtime/live/worst_events.js';
import { stateOf } from '../../../runtime/report/pages.js';
import { arrived, bookOf, modelsOf, range, told } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none');
const { pipeline } = loaded;
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1500));
});

describe('the worst events of a window', () => {
  test('are those of largest |pull|, with what is known of each', () => {
    const { chunk } = arrived(loaded, [0, range(0, 500)]);
    const rows = windowRowMaker(pipeline, models, windowBookEntries(pipeline, models))(chunk, told(models).applied[0]!);
    const [residual, y, variance, clipped] = (['residual', 'y', 'variance', 'pull'] as const).map((name) => [
      ...rows.columns.get(localColumn(name))!.subarray(0, 500),
    ]) as [number[], number[], number[], number[]];
    const delta = rows.columns.get('(delta)')!;
    const pull = y.map((_, i) => (residual[i]! + (delta[i]! - y[i]!)) / Math.sqrt(variance[i]!));
    y.forEach((_, i) => {
      if (y[i] === delta[i]) expect(pull[i]).toBeCloseTo(clipped[i]!, 12);
      else expect(Math.abs(pull[i]!)).toBeGreaterThan(Math.abs(clipped[i]!));
    });
    const order = [...range(0, 500)].sort((a, b) => Math.abs(pull[b]!) - Math.abs(pull[a]!));
    const found = worstEvents(pipeline, stateOf<WorstState>(bookOf(loaded, models, range(0, 500)), 'worst'))!;
    expect(found).toHaveLength(20);
    expect(found.map((event) => Math.abs(event.pull))).toEqual(order.slice(0, 20).map((i) => Math.abs(pull[i]!)));
    for (const { identity, regime, delta, pull: z, values } of found) {
      const i = Number(identity);
      const column = (name: string): number => chunk.columns.get(name)![i]!;
      expect(z).toBe(pull[i]);
      expect(regime).toBe(rows.groups.get('regime')![i]);
      expect(delta).toBe((column('sum_reco') - column('sum_truth')) / column('sum_truth'));
      expect(values).toEqual({
        ...{ gen_pt1: column('(object gen_pt1)'), gen_pt2: column('(object gen_pt2)') },
        ...{ 'abs(gen_eta1)': column('(object abs(gen_eta1))'), 'abs(gen_eta2)': column('(object abs(gen_eta2))') },
        ...{ H_T: column('H_T'), abs_deta: column('abs_deta') },
        ...{ sum_reco: column('sum_reco'), sum_truth: column('sum_truth') },
      });
    }
  });

  test('of a pull that is winsorised are those far out, by how far', () => {
    const far = { reco_pt1: (event: number) => (event < 25 ? 400 + 10 * event : 100) };
    const book = bookOf(loaded, models, range(0, 60), far);
    const found = worstEvents(pipeline, stateOf<WorstState>(book, 'worst'))!;
    const pulls = found.map(({ pull }) => Math.abs(pull));
    expect(new Set(pulls).size).toBe(20);
    expect(pulls[0]!).toBeGreaterThan(10);
    expect(found.every(({ delta, pull }) => Math.sign(delta) === Math.sign(pull))).toBe(true);
  });

  test('of few events are all', () => {
    const state = stateOf<WorstState>(bookOf(loaded, models, [3, 4]), 'worst');
    expect(
      worstEvents(pipeline, state)!
        .map(({ identity }) => identity)
        .sort(),
    ).toEqual(['3', '4']);
    expect(worstEvents(pipeline, stateOf<WorstState>(bookOf(loaded, models, []), 'worst'))).toEqual([]);
  });
});

describe('an identity', () => {
  /** That of an event with this key. */
  const named = (upper: number, lower: number, its = pipeline): string => {
    const config = worstEntry(its).config as WorstState;
    const state = worst.create(config);
    const values = Array.from({ length: config.values }, () => Float64Array.of(0));
    const key = [upper, lower].map((word) => Float64Array.of(word));
    worst.fill(state, { length: 1, columns: [Float64Array.of(3), ...key, ...values], group: null, weight: null });
    return worstEvents(its, state)![0]!.identity;
  };
  const wordsOf = (x: number): [number, number] => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    return [view.getUint32(0), view.getUint32(4)];
  };

  test('of one column is its value, where that is a whole number', () => {
    for (const x of [0, 1, 1234567, 2 ** 46]) expect(named(...wordsOf(x))).toBe(String(x));
    for (const x of [1.5, -1, 2 ** 46 + 2 ** 10, NaN, Infinity, 5e-324])
      expect(named(...wordsOf(x))).toMatch(/^[0-9a-f]{16}$/);
  });

  test('of several columns, and of a position, is the key', () => {
    for (const identity of ['identity=[event, w]', 'identity=position'])
      expect(named(...wordsOf(100), basePipeline(identity).pipeline)).toBe('4059000000000000');
    expect(named(0x0000000a, 0xfffffffe)).toBe('0000000afffffffe');
  });

  test('a hashed key is hardly ever taken for a number', () => {
    const mistaken = range(0, 20_000).filter(
      (i) => !/^[0-9a-f]{16}$/.test(named(hashKey(1, i, 0), hashKey(2, i, 0))),
    ).length;
    expect(mistaken).toBeLessThanOrEqual(1);
  });
});
