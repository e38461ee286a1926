import { networkInterfaces } from 'node:os';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveReport, type ServedReport } from '../../../sinks/page/serve.js';
import { figures } from '../../../sinks/report/figures.js';
import { reportHtml } from '../../../sinks/report/html.js';
import { makeReport } from '../../fixtures/report/make.js';
import { problemOf } from '../../support/problem_of.js';

const report = makeReport({ events: 400 });
let served: ServedReport;

beforeAll(async () => {
  served = await serveReport(report, 0);
});
afterAll(() => served.close());

const ask = async (path: string) => {
  const response = await fetch(served.url + path);
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
};

test('the page', async () => {
  const { status, type, text } = await ask('');
  expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toBe(reportHtml(report));
});

test('the report', async () => {
  const { status, type, text } = await ask('report.json');
  expect(status).toBe(200);
  expect(type).toContain('application/json');
  expect(JSON.parse(text)).toEqual(report);
});

test('every figure', async () => {
  for (const { name, svg } of figures(report)) {
    const { status, type, text } = await ask(`figures/${name}.svg`);
    expect([status, type.split(';')[0], text]).toEqual([200, 'image/svg+xml', svg]);
  }
});

test('the metrics', async () => {
  const { status, type, text } = await ask('metrics');
  expect(status).toBe(200);
  expect(type).toContain('version=0.0.4');
  expect(text).toContain('regimewatch_events_total{outcome="used",pipeline="dilepton"} 400');
});

test('health', async () => {
  expect(await ask('healthz')).toMatchObject({ status: 200, text: 'ok\n' });
});

test.each(['figures/none.svg', 'figures/..%2Freport.json', 'figures/constructor', 'nothing'])(
  '%s is not found',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

test('it is on this machine alone', async () => {
  const { hostname, port } = new URL(served.url);
  expect(hostname).toBe('127.0.0.1');
  const others = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  for (const address of others) await expect(fetch(`http://${address}:${port}/healthz`)).rejects.toThrow();
});

test('a port that is taken is a problem that names it', async () => {
  const { port } = new URL(served.url);
  const problem = await problemOf(() => serveReport(report, Number(port)));
  expect(problem.exitCode).toBe(1);
  expect(problem.message).toContain(`port ${port}: `);
  expect(problem.message).toContain('choose another');
});

test('a closed page gives its port back', async () => {
  const other = await serveReport(report, 0);
  const port = Number(new URL(other.url).port);
  await other.close();
  const again = createServer();
  await new Promise<void>((resolve, reject) => {
    again.once('error', reject);
    again.listen(port, '127.0.0.1', resolve);
  });
  expect((again.address() as AddressInfo).port).toBe(port);
  again.close();
});
