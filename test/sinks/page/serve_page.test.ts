import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { PageFeed } from '../../../schemas/page.js';
import { servePage, type ServedPage } from '../../../sinks/page/serve_page.js';
import { alertAt, standIn, storyWindows } from '../../browser/stand_in_feed.js';
import { problemOf } from '../../support/problem_of.js';

const story = { windows: 20, eventsPerWindow: 200 };
const windows = storyWindows(story);

let served: ServedPage | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

async function serving(closed = 5, more: Partial<PageFeed> = {}) {
  const stand = standIn(story, windows);
  stand.close(closed);
  served = await servePage({ ...stand.feed, ...more }, { port: 0 });
  return { stand, url: served.url };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** As a browser asks, with headers that fetch would not let through. */
const ask = (url: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });

test('the page holds no script of its own, and loads from here alone', async () => {
  const { url } = await serving();
  const { text, headers } = await ask(url);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(text).toContain('<title>Z → ll mass reconstruction · dilepton · regimewatch</title>');
  expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect([...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to)).toSatisfy((to: string[]) =>
    to.every((each) => each.startsWith('/') || each === 'data:,'),
  );
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("connect-src 'self'");
  expect(headers['access-control-allow-origin']).toBeUndefined();
  for (const [, path] of text.matchAll(/(?:src|href)="(\/(?:client|vendor)\/[^"]*)"/g)) {
    const file = await ask(new URL(path!, url).href);
    expect([path, file.status]).toEqual([path, 200]);
    expect(file.text.length).toBeGreaterThan(200);
  }
});

test('words of the pipeline are no markup', async () => {
  const { url } = await serving(1, {
    description: { ...standIn(story, windows).feed.description, title: '<script>alert(1)</script>' },
  });
  expect((await ask(url)).text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test.each([
  '/client/../serve_page.js',
  '/client/%2e%2e/serve_page.js',
  '/client/..%2fserve_page.js',
  '/client/none.js',
  '/vendor/package.json',
  '/vendor/constructor',
])('%s is no file of the page', async (path) => {
  const { url } = await serving();
  const { port } = new URL(url);
  const status = await new Promise((resolve) => {
    request({ port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(404);
});

test('windows from an index on, the last ones, and no more than asked for', async () => {
  const { url } = await serving(12);
  const indices = async (query: string) => {
    const found = JSON.parse((await ask(`${url}api/windows${query}`)).text) as { report: { index: number } }[];
    return found.map(({ report }) => report.index);
  };
  expect(await indices('?from=9')).toEqual([9, 10, 11]);
  expect(await indices('?from=2&most=3')).toEqual([2, 3, 4]);
  expect(await indices('?last=2')).toEqual([10, 11]);
  expect(await indices('?last=99')).toHaveLength(12);
  expect(await indices('?from=12')).toEqual([]);
  for (const wrong of ['?from=-1', '?from=x', '?last=1.5', '?most=']) {
    expect((await ask(`${url}api/windows${wrong}`)).status, wrong).toBe(400);
  }
});

test('an alert is acknowledged with a note, of a bounded length, by this site alone', async () => {
  const { url, stand } = await serving();
  stand.setAlerts([alertAt(104)]);
  const { host } = new URL(url);
  const at = `${url}api/alerts/HighContextBias-104/acknowledge`;
  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json, to = at) => ask(to, headers, 'POST', body);
  expect((await post('{"note":"seen"}', { ...json, origin: 'http://elsewhere.example' })).status).toBe(403);
  expect((await post('{"note":"seen"}', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post('{"note":7}')).status).toBe(400);
  expect((await post('null')).status).toBe(400);
  expect((await post('{')).status).toBe(400);
  expect((await post(JSON.stringify({ note: 'x'.repeat(501) }))).status).toBe(400);
  expect((await post(JSON.stringify({ note: 'x'.repeat(5000) }))).status).toBe(413);
  expect((await post('{"note":"seen"}', json, `${url}api/alerts/none/acknowledge`)).status).toBe(404);
  expect(stand.feed.alerts()[0]?.acknowledged).toBeNull();
  expect((await post('{"note":"seen"}', { ...json, origin: `http://${host}` })).status).toBe(200);
  expect(stand.feed.alerts()[0]?.acknowledged?.note).toBe('seen');
});

test('under another name than this machine’s the page is not served (DNS rebinding)', async () => {
  const { url } = await serving();
  const { port } = new URL(url);
  expect((await ask(url, { host: `rebound.example:${port}` })).status).toBe(403);
  expect((await ask(`${url}api/status`, { host: '127.0.0.1.rebound.example' })).status).toBe(403);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    expect((await ask(url, { host })).status, host).toBe(200);
  }
});

test('metrics in the format that is asked for; health, and readiness once there is something', async () => {
  const { url } = await serving(0);
  expect((await ask(`${url}metrics`)).headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await ask(`${url}healthz`)).toMatchObject({ status: 200, text: 'ok\n' });
  expect((await ask(`${url}readyz`)).status).toBe(503);
  await served!.close();
  const open = await serving(1, {
    metrics: (openMetrics) => Promise.resolve(openMetrics === true ? 'o 1\n# EOF\n' : 't 1\n'),
  });
  const answer = await ask(`${open.url}metrics`, {
    accept: 'application/openmetrics-text; version=1.0.0, text/plain; q=0.5',
  });
  expect(answer).toMatchObject({ status: 200, text: 'o 1\n# EOF\n' });
  expect(answer.headers['content-type']).toContain('application/openmetrics-text');
  expect((await ask(`${open.url}metrics`)).text).toBe('t 1\n');
  expect((await ask(`${open.url}readyz`)).status).toBe(200);
});

test('a port that is taken is named', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const problem = await problemOf(() => servePage(standIn(story, windows).feed, { port }));
  expect(problem.message).toMatch(new RegExp(`^port ${port}: .*choose another`));
  await new Promise((resolve) => other.close(resolve));
});
