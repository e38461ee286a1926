import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { eventSchema } from '../../../sources/wire/avro/event_schema.js';
import { avroEncoder } from '../../../sources/wire/avro/encoder.js';
import { avroMessages } from '../../../sources/wire/avro/messages.js';
import { schemaRegistry } from '../../../sources/wire/registry.js';
import { WIRE_LIMITS, type WireField } from '../../../sources/wire/types.js';
import { problemOf } from '../../support/problem_of.js';

const fields: WireField[] = [{ name: 'x', type: 'double' }];
const schema = eventSchema('pair', fields);
const [username, password] = ['reader', 'swordfish'];

/** A registry: subjects and ids, and what it is to do with the next requests instead of an answer. */
let asked: string[] = [];
let instead: ((response: ServerResponse) => void)[] = [];
const stored: string[] = [];

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

function serve(request: IncomingMessage, response: ServerResponse, body: string): void {
  asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
  const other = instead.shift();
  if (other) {
    other(response);
    return;
  }
  const given = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
  if (given !== `${username}:${password}`) {
    answer(response, 401, { error_code: 401, message: `not for ${given}` });
    return;
  }
  const id = /\/schemas\/ids\/(\d+)$/.exec(request.url ?? '')?.[1];
  if (id !== undefined) {
    const found = stored[Number(id)];
    if (found === undefined) answer(response, 404, { error_code: 40403, message: 'Schema not found' });
    else answer(response, 200, JSON.parse(found));
    return;
  }
  const text = (JSON.parse(body) as { schema: string }).schema;
  const known = stored.indexOf(JSON.stringify({ schema: text }));
  answer(response, 200, { id: known >= 0 ? known : stored.push(JSON.stringify({ schema: text })) - 1 });
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    serve(request, response, body);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  instead = [];
  stored.length = 0;
});

const quick = { username, password, waitMs: 1 };

test('a schema is registered, found again, and asked for once', async () => {
  const registry = schemaRegistry(`${url}/api`, quick);
  expect(await registry.register('events/value', schema)).toBe(0);
  expect(await registry.register('events/value', schema)).toBe(0);
  expect(await Promise.all([registry.byId(0), registry.byId(0)])).toEqual([schema, schema]);
  expect(await registry.byId(0)).toEqual(schema);
  const post = 'POST /api/subjects/events%2Fvalue/versions';
  expect(asked).toEqual([post, post, 'GET /api/schemas/ids/0']);
});

test('messages in Confluent framing are read by the schema of their id', async () => {
  const registry = schemaRegistry(url, quick);
  const encode = avroEncoder('pair', fields, { registryId: await registry.register('events-value', schema) });
  const decode = avroMessages({ needed: fields, schemas: [], registry, limits: WIRE_LIMITS });
  const unknown = Buffer.from('0000000063', 'hex');
  const { batches, bad } = await decode([
    { offset: 1, value: encode([Float64Array.of(2.5)], 0) },
    { offset: 2, value: unknown },
    { offset: 3, value: unknown },
  ]);
  expect([...batches[0]!.columns.get('x')!]).toEqual([2.5]);
  const reason = `Avro message: schema 99 is not in the schema registry ${url}: register it there`;
  expect(bad).toEqual([
    { offset: 2, reason },
    { offset: 3, reason },
  ]);
  expect(asked.filter((each) => each.endsWith('99'))).toHaveLength(1);
});

test('what passes is asked for again', async () => {
  stored.push(JSON.stringify({ schema: '"int"', schemaType: 'AVRO' }));
  instead = [
    (response) => response.destroy(),
    (response) => {
      answer(response, 503, {});
    },
    (response) => {
      answer(response, 429, {});
    },
  ];
  expect(await schemaRegistry(url, quick).byId(0)).toBe('int');
  expect(asked).toHaveLength(4);
});

test('a registry that does not answer is left after a few attempts, and asked anew by the next message', async () => {
  stored.push(JSON.stringify({ schema: '"int"' }));
  instead = [() => undefined, () => undefined];
  const registry = schemaRegistry(url, { ...quick, attempts: 2, timeoutMs: 50 });
  const problem = await problemOf(() => registry.byId(0));
  expect(problem.message).toBe(
    `schema registry ${url} could not be asked, 2 times (no answer within 50 ms): see that it runs`,
  );
  expect(problem.exitCode).toBe(1);
  expect(await registry.byId(0)).toBe('int');
});

test('a registry that is not there', async () => {
  const problem = await problemOf(() => schemaRegistry('http://127.0.0.1:1', { ...quick, attempts: 2 }).byId(1));
  expect(problem.message).toMatch(/^schema registry http:\/\/127\.0\.0\.1:1 could not be asked, 2 times \(.+\): see/);
});

test('wrong credentials: once, and never in words', async () => {
  const problem = await problemOf(() => schemaRegistry(url, { ...quick, password: 'hunter2' }).byId(0));
  expect(problem.exitCode).toBe(2);
  expect(problem.message).toBe(`schema registry ${url} refuses the credentials (401): give its user and password`);
  expect(asked).toHaveLength(1);
});

const answers: [string, number, number, unknown][] = [
  ['is not Avro: write the events in Avro', 3, 200, { schema: '{}', schemaType: 'PROTOBUF' }],
  ['is not JSON', 3, 200, { schema: 'record' }],
  ['answers more than 1048576 bytes', 3, 200, { schema: 'x'.repeat(1 << 20) }],
  ["answers 200 and no registry's words", 1, 200, 'welcome'],
  ["answers 200 and no registry's words", 1, 200, null],
  ["answers 404 and no registry's words", 1, 404, 'no such page'],
  ['unexpected redirect', 1, 302, {}],
];
test.each(answers)('an answer that %s', async (words, exitCode, status, body) => {
  instead = Array.from({ length: 4 }, () => (response: ServerResponse) => {
    response.setHeader('location', `${url}/elsewhere`);
    answer(response, status, body);
  });
  const problem = await problemOf(() => schemaRegistry(url, quick).byId(4));
  expect(problem.message).toContain(words);
  expect(problem.exitCode).toBe(exitCode);
});

test('a schema that the subject does not take', async () => {
  const registry = schemaRegistry(url, quick);
  for (const [status, error_code, words] of [
    [409, 409, 'is not compatible with the schema there'],
    [422, 42201, 'is not taken (422)'],
  ] as const) {
    instead = [
      (response) => {
        answer(response, status, { error_code, message: `${username} ${password}` });
      },
    ];
    const problem = await problemOf(() => registry.register('s', schema));
    expect(problem.message).toBe(
      `schema for subject 's' of the schema registry ${url} ${words}: mend it or choose another subject`,
    );
  }
});

test.each([
  ['not a URL at all', 'is not a URL'],
  ['ftp://127.0.0.1', 'is not http: or https:'],
  ['http://reader:swordfish@127.0.0.1', 'holds a user or a password'],
])('an address such as %s is refused, and not repeated', async (address, words) => {
  const problem = await problemOf(() => schemaRegistry(address));
  expect(problem.message).toContain(words);
  expect(problem.message).not.toContain('swordfish');
  expect(problem.exitCode).toBe(2);
});
