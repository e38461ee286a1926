import avsc from 'avsc';
import { finishHash, mixWord } from '../../operators/hash.js';
import { arrowEncoder } from '../../sources/wire/arrow/encoder.js';
import { avroEncoder } from '../../sources/wire/avro/encoder.js';
import { eventSchema } from '../../sources/wire/avro/event_schema.js';
import { fingerprint } from '../../sources/wire/avro/fingerprint.js';
import type { AvroSchema } from '../../sources/wire/avro/schema.js';
import type { WireField } from '../../sources/wire/types.js';

/** Sound messages to be spoiled, and the schemas of those in Avro. */
export interface Seeds {
  readonly avro: readonly Buffer[];
  readonly arrow: readonly Buffer[];
  readonly schemas: readonly AvroSchema[];
  readonly needed: readonly WireField[];
}

const fields: WireField[] = [
  ...['pt', 'eta', 'phi', 'mass'].map((name): WireField => ({ name, type: 'float' })),
  ...['event', 'weight'].map((name): WireField => ({ name, type: 'double' })),
  { name: 'flavour', type: 'int' },
  { name: 'run', type: 'long' },
];

/** The same columns between all that a writer may put beside them. */
const rich = {
  type: 'record',
  name: 'rich',
  fields: [
    { name: 'comment', type: 'string' },
    ...fields.slice(0, 4).map(({ name, type }) => ({ name, type: ['null', type] })),
    { name: 'hits', type: { type: 'array', items: 'double' } },
    { name: 'tags', type: { type: 'map', values: 'string' } },
    ...fields.slice(4).map(({ name, type }) => ({ name, type })),
    { name: 'kind', type: { type: 'enum', name: 'kind', symbols: ['data', 'simulation'] } },
    { name: 'raw', type: ['null', 'bytes', { type: 'fixed', name: 'word', size: 4 }] },
    { name: 'good', type: 'boolean' },
  ],
} as const;

/** What no message may lack. */
const KEPT = ['pt', 'eta', 'event'];

const number = (row: number, column: number): number => finishHash(mixWord(mixWord(3, row), column), 2) / 2 ** 22;

function richMessage(head: Buffer, type: avsc.Type, row: number): Buffer {
  const own = fields.map(({ name, type: of }, c) => [
    name,
    c < 4 ? (row % 3 === 0 ? null : { [of]: Math.fround(number(row, c)) }) : Math.floor(number(row, c)),
  ]);
  const event = {
    ...(Object.fromEntries(own) as object),
    ...{ comment: 'x'.repeat(row % 40), kind: 'data', good: row % 2 === 0 },
    hits: Array.from({ length: row % 7 }, (_, i) => number(row, i)),
    tags: { a: 'b', c: String(row) },
    raw: row % 2 === 0 ? null : { bytes: Buffer.alloc(row % 9) },
  };
  return Buffer.concat([head, type.toBuffer(event)]);
}

/** `more`: messages in Arrow of other writers, with the columns pt, eta and event. */
export function seeds(more: readonly Buffer[] = []): Seeds {
  const columns = fields.map(({ type }, c) =>
    Float64Array.from({ length: 2000 }, (_, row) => (type === 'int' || type === 'long' ? row : number(row, c))),
  );
  const plain = avroEncoder('fuzz', fields);
  const schema = rich as unknown as AvroSchema;
  const head = Buffer.concat([Buffer.from([0xc3, 0x01]), fingerprint(schema)]);
  const type = avsc.Type.forSchema(rich as unknown as avsc.Schema, { wrapUnions: true });
  const rows = [...Array(24).keys()];
  const arrow = arrowEncoder(fields);
  const some = arrowEncoder(fields.slice().reverse());
  return {
    avro: rows.flatMap((row) => [plain(columns, row), richMessage(head, type, row)]),
    arrow: [
      ...more,
      ...[1, 7, 64, 500].flatMap((to) => [
        arrow(columns, { from: 0, to }),
        some(columns.toReversed(), { from: 0, to }),
      ]),
    ],
    schemas: [eventSchema('fuzz', fields), schema],
    needed: fields.map(({ name }): WireField => ({ name, type: 'double', optional: !KEPT.includes(name) })),
  };
}
