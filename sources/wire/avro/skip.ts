import { long, skip, type Cursor } from '../../avro/cursor.js';
import { isUnion, type Canonical } from './schema.js';

export type Pass = (cursor: Cursor, depth: number) => void;

/** How a value is passed over: so many bytes, always, or by reading its lengths. */
export interface Skip {
  readonly bytes?: number;
  readonly pass: Pass;
}

const deepest = 200;

/** One level further down: recursive types must not use up the stack. */
function below(depth: number): number {
  if (depth >= deepest) throw new Error(`a value is nested more than ${deepest} deep`);
  return depth + 1;
}

const fixed = (bytes: number): Skip => ({
  bytes,
  pass: (cursor) => {
    skip(cursor, bytes);
  },
});
const whole: Skip = { pass: long };
const text: Skip = {
  pass: (cursor) => {
    skip(cursor, long(cursor));
  },
};
const primitives = new Map<string, Skip>([
  ['null', fixed(0)],
  ['boolean', fixed(1)],
  ['int', whole],
  ['long', whole],
  ['float', fixed(4)],
  ['double', fixed(8)],
  ['bytes', text],
  ['string', text],
]);

/**
 * The blocks of an array or map. Items of a known size are passed in one step, so that no message can ask for more steps
 * than it has bytes: items of no size at all would cost it nothing.
 */
function blocks(item: Skip): Skip {
  const pass: Pass = (cursor, above) => {
    const depth = below(above);
    for (;;) {
      const count = long(cursor);
      if (count === 0) return;
      if (count < 0) skip(cursor, long(cursor));
      else if (item.bytes !== undefined) skip(cursor, count * item.bytes);
      else if (!(count <= cursor.bytes.length - cursor.at)) throw new Error(`an array states ${count} items`);
      else for (let i = 0; i < count; i++) item.pass(cursor, depth);
    }
  };
  return { pass };
}

function recordOf(fields: readonly Skip[]): Pass {
  return (cursor, above) => {
    const depth = below(above);
    for (const field of fields) field.pass(cursor, depth);
  };
}

/** How a value of the schema is passed over; `named` holds the types that were declared before, by full name. */
export function skipOf(schema: Canonical, named: Map<string, Skip>): Skip {
  if (typeof schema === 'string') return primitives.get(schema) ?? named.get(schema)!;
  if (isUnion(schema)) {
    const branches = schema.map((each) => skipOf(each, named));
    const pass: Pass = (cursor, depth) => {
      const index = long(cursor);
      const found = branches[index];
      if (found === undefined) throw new Error(`a union has no branch ${index}`);
      found.pass(cursor, below(depth));
    };
    return { pass };
  }
  switch (schema.type) {
    case 'array':
      return blocks(skipOf(schema.items, named));
    case 'map': {
      const value = skipOf(schema.values, named);
      return blocks({
        pass: (cursor, depth) => {
          text.pass(cursor, depth);
          value.pass(cursor, depth);
        },
      });
    }
    case 'enum':
      named.set(schema.name, whole);
      return whole;
    case 'fixed': {
      const to = fixed(schema.size);
      named.set(schema.name, to);
      return to;
    }
    case 'record': {
      const fields: Skip[] = [];
      const variable: Skip = { pass: recordOf(fields) };
      named.set(schema.name, variable); // Before its fields: a record may hold itself.
      for (const { type } of schema.fields) fields.push(skipOf(type, named));
      const bytes = fields.reduce((sum, field) => sum + (field.bytes ?? NaN), 0);
      if (Number.isNaN(bytes)) return variable;
      const to = fixed(bytes);
      named.set(schema.name, to);
      return to;
    }
  }
}
