import { describe, expect, test } from 'vitest';
import { knowingDecoder } from '../../../runtime/live/knowing_decoder.js';
import { avroEncoder } from '../../../sources/wire/avro/encoder.js';
import { eventSchema } from '../../../sources/wire/avro/event_schema.js';
import type { AvroSchema } from '../../../sources/wire/avro/schema.js';
import { WIRE_LIMITS } from '../../../sources/wire/types.js';

const fieldsOf = (names: readonly string[]) => names.map((name) => ({ name, type: 'double' as const }));
const [first, second, without] = [['x'], ['y', 'x'], ['z']].map((names) => ({
  schema: eventSchema('e', fieldsOf(names)),
  /** A message of one event. */
  message: (columns: number[], offset = 0) => ({
    offset,
    value: avroEncoder('e', fieldsOf(names))(
      columns.map((x) => Float64Array.of(x)),
      0,
    ),
  }),
})) as [Kind, Kind, Kind];
interface Kind {
  readonly schema: AvroSchema;
  readonly message: (columns: number[], offset?: number) => { offset: number; value: Buffer };
}

function asked(known: AvroSchema[], ...beside: AvroSchema[]) {
  let times = 0;
  const decoder = knowingDecoder(
    { needed: [{ name: 'x', type: 'double' }], schemas: known, limits: WIRE_LIMITS },
    () => {
      times++;
      return Promise.resolve(beside);
    },
  );
  return { decoder, times: () => times };
}

describe('schemas', () => {
  test('that are known are not asked for', async () => {
    const { decoder, times } = asked([first.schema]);
    const { batches, bad } = await decoder.decode([first.message([1.5])]);
    expect([batches[0]!.columns.get('x'), bad, times()]).toEqual([Float64Array.of(1.5), [], 0]);
  });

  test('that lie beside the topic are found when they are met', async () => {
    const { decoder, times } = asked([first.schema], second.schema, without.schema);
    const { batches, bad } = await decoder.decode([first.message([1]), second.message([3, 2], 1)]);
    expect(batches.flatMap(({ columns }) => [...columns.get('x')!])).toEqual([1, 2]);
    expect([bad, times()]).toEqual([[], 1]);
    await decoder.decode([second.message([5, 4])]);
    expect(times()).toBe(1);
  });

  test('that lack what is needed make their messages bad, and no others', async () => {
    const { decoder } = asked([], first.schema, without.schema);
    const { batches, bad } = await decoder.decode([without.message([1]), first.message([2], 1)]);
    expect(batches.flatMap(({ columns }) => [...columns.get('x')!])).toEqual([2]);
    expect(bad).toEqual([{ offset: 0, reason: expect.stringContaining('no schema has the fingerprint') as string }]);
  });

  test('that nobody knows are asked for once each', async () => {
    const { decoder, times } = asked([]);
    const unknown = (n: number) => ({
      offset: n,
      value: Buffer.concat([Buffer.from([0xc3, 1, n, 2, 3, 4, 5, 6, 7, 8]), Buffer.alloc(8)]),
    });
    for (let n = 0; n < 3; n++) expect((await decoder.decode([unknown(1), unknown(2)])).bad).toHaveLength(2);
    expect(times()).toBe(1);
    await decoder.decode([unknown(1), unknown(3)]);
    expect(times()).toBe(2);
  });
});

test('bytes of no known kind ask for nothing', async () => {
  const { decoder, times } = asked([]);
  expect((await decoder.decode([{ offset: 0, value: Buffer.from('poison') }])).bad).toHaveLength(1);
  expect(times()).toBe(0);
});
