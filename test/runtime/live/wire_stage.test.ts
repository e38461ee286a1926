import { describe, expect, test } from 'vitest';
import { offsetsOf, wantedFields, wireStage } from '../../../runtime/live/wire_stage.js';
import { identityKeys } from '../../../runtime/identity.js';
import { loadPipeline } from '../../../runtime/pipeline_file.js';
import { WINDOW } from '../../../runtime/pipeline_plan.js';
import type { WireBatch } from '../../../sources/wire/types.js';
import { range, wireBatch } from '../../support/live_events.js';
import { baseBatch, basePipeline, defineBase } from '../../support/stage.js';

const named = (fields: ReturnType<typeof wantedFields>, optional: boolean): string[] =>
  fields.filter((field) => field.optional === optional).map(({ name }) => name);
const KEYS = ['regimewatch_key_lo', 'regimewatch_key_hi', 'regimewatch_position'];

describe('what messages must have', () => {
  test('is what the pipeline reads; the key and the position that a producer adds are welcome', () => {
    const fields = wantedFields(basePipeline());
    expect(named(fields, false).sort()).toEqual(['gen_eta1', 'gen_eta2', 'gen_pt1', 'gen_pt2', 'reco_pt1', 'w']);
    // With a key of its own an event needs no number.
    expect(named(fields, true)).toEqual(['event', ...KEYS]);
  });

  test('is the truth alone, where the pipeline makes the reconstruction', async () => {
    const loaded = await loadPipeline(new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname, []);
    const fields = wantedFields(loaded);
    expect(named(fields, false)).toContain('gen_l1_pt');
    expect(named(fields, true)).toEqual(expect.arrayContaining(['reco_l1_pt', ...KEYS]));
  });
});

describe('messages as events', () => {
  const loaded = basePipeline('window={ events: 10 }');
  const stage = wireStage(loaded, 't', 3);

  test('are what a stored sample of the same columns gives', () => {
    const columns = Object.fromEntries(baseBatch(6).columns) as Record<string, Float64Array>;
    const { chunk } = defineBase(baseBatch(6), 'window={ events: 10 }');
    const position = Float64Array.from(range(0, 6));
    const found = stage.take({ length: 6, columns: new Map(Object.entries(columns)), position });
    expect(found).toMatchObject({ read: 6, rejected: {}, offset: 0, mayRepeat: true });
    for (const [name, x] of chunk.columns) expect(found.chunk.columns.get(name)).toEqual(x);
    expect([found.chunk.keyLo, found.chunk.keyHi, found.chunk.split]).toEqual([chunk.keyLo, chunk.keyHi, chunk.split]);
  });

  test('are of the window of their number, and know their first message', () => {
    const { chunk, offset } = stage.take(
      wireBatch([
        [7, [5, 12]],
        [9, [31]],
      ]),
    );
    expect([[...chunk.columns.get(WINDOW)!], offset]).toEqual([[0, 1, 3], 7]);
  });

  test('an event that is not valid is turned away with the reason', () => {
    const { chunk, read, rejected } = stage.take(
      wireBatch([[0, [1, 2]]], { gen_pt1: (event) => (event === 1 ? -5 : 50) }),
    );
    expect([chunk.length, read]).toEqual([1, 2]);
    expect(Object.values(rejected)).toEqual([1]);
    expect(Object.keys(rejected)[0]).toMatch(/^gen_pt1: outside/);
  });

  test('messages with other columns may follow each other', () => {
    const without = wireBatch([[0, [1]]]);
    const with_: WireBatch = { ...without, columns: new Map([...without.columns, ['more', new Float64Array(1)]]) };
    expect(stage.take(with_).chunk.columns.get('H_T')).toEqual(stage.take(without).chunk.columns.get('H_T'));
  });

  test('no events are no events', () => {
    expect(stage.take(wireBatch([[4, []]]))).toMatchObject({ read: 0, rejected: {}, chunk: { length: 0 } });
  });

  test('messages that lack a column are unfit, with the reason', () => {
    const [columns, position] = [new Map([['event', new Float64Array(2)]]), Float64Array.of(7 * 65536, 9 * 65536)];
    const batch: WireBatch = { length: 2, columns, position };
    expect(stage.unfit(batch)).toMatch(/column/);
    expect(stage.unfit(wireBatch([[0, [1]]]))).toBeNull();
    expect(offsetsOf(batch)).toEqual([7, 9]);
  });
});

describe('the name of an event without a number', () => {
  const loaded = basePipeline('identity=position', 'window={ events: 10 }');
  const batch = wireBatch([[2, [0, 1]]]);

  test('is its place in the log, which cannot repeat', () => {
    const [one, other] = [0, 1].map((partition) => wireStage(loaded, 't', partition).take(batch));
    expect(one!.mayRepeat).toBe(false);
    expect(one!.chunk.keyLo).not.toEqual(other!.chunk.keyLo);
    const keys = identityKeys({ names: ['position'], salt: [0, 0] }, new Map(), batch.position, 2);
    expect(one!.chunk.keyLo).toEqual(keys.keyLo);
  });

  test('is what its producer says, where it says it', () => {
    const columns = new Map<string, Float64Array>([
      ...(batch.columns as Map<string, Float64Array>),
      ['regimewatch_key_lo', Float64Array.of(11, 12)],
      ['regimewatch_key_hi', Float64Array.of(21, 22)],
      ['regimewatch_position', Float64Array.of(100, 111)],
    ]);
    const { chunk, mayRepeat } = wireStage(loaded, 't', 0).take({ ...batch, columns });
    expect([[...chunk.keyLo], [...chunk.keyHi], [...chunk.position], mayRepeat]).toEqual([
      [11, 12],
      [21, 22],
      [100, 111],
      true,
    ]);
    expect([...chunk.columns.get(WINDOW)!]).toEqual([10, 11]);
  });
});
