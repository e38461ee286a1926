import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { serveLive, type LiveAnswers, type ServedLive } from '../../../sinks/page/serve_live.js';
import { problemOf } from '../../support/problem_of.js';

let served: ServedLive | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

async function asking(answers: Partial<LiveAnswers> = {}) {
  served = await serveLive(
    { metrics: () => Promise.resolve('x 1\n'), status: () => null, ready: () => false, ...answers },
    0,
  );
  const { url } = served;
  return async (path: string) => {
    const response = await fetch(url + path);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  };
}

test('metrics in Prometheus’ text format, asked for anew each time', async () => {
  let n = 0;
  const ask = await asking({ metrics: () => Promise.resolve(`x ${n++}\n`) });
  expect(await ask('metrics')).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: 'x 0\n',
  });
  expect((await ask('metrics')).text).toBe('x 1\n');
});

test('the status as JSON, null before there is one', async () => {
  let status: unknown = null;
  const ask = await asking({ status: () => status });
  expect((await ask('status.json')).text).toBe('null');
  status = { partitions: [{ partition: 0 }] };
  const { type, text } = await ask('status.json');
  expect(type).toContain('application/json');
  expect(JSON.parse(text)).toEqual(status);
});

test('alive from the start, ready once it has a share of the group', async () => {
  let ready = false;
  const ask = await asking({ ready: () => ready });
  expect(await ask('healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  expect((await ask('readyz')).status).toBe(503);
  ready = true;
  expect(await ask('readyz')).toMatchObject({ status: 200, text: 'ok\n' });
});

test('is on this machine alone', async () => {
  await asking();
  expect(new URL(served!.url).hostname).toBe('127.0.0.1');
});

test('a port that is taken is a Problem in one line', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const { message, exitCode } = await problemOf(() =>
    serveLive({ metrics: () => Promise.resolve(''), status: () => null, ready: () => true }, port),
  );
  expect(message).toMatch(new RegExp(`^port ${port}: .*EADDRINUSE.*; choose another, 0 for any free one$`));
  expect(exitCode).toBe(1);
  taken.close();
});
