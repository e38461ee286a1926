import { afterEach, expect, test } from 'vitest';
import type { PageFeed, ServedReference } from '../../../schemas/page.js';
import { servePage, type ServedPage } from '../../../sinks/page/serve_page.js';
import { standIn, storyWindows } from '../../browser/stand_in_feed.js';

const story = { windows: 10, eventsPerWindow: 200 };
const windows = storyWindows(story);

let served: ServedPage | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

async function serving(more: Partial<PageFeed> = {}): Promise<string> {
  const stand = standIn(story, windows);
  stand.close(8);
  served = await servePage({ ...stand.feed, ...more }, { port: 0 });
  return `${served.url}api/reference`;
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const period = { from: 2, to: 5, chain: windows[5]!.report.chain };

test('is served with its windows, once it is set', async () => {
  const url = await serving();
  expect(await (await fetch(url)).json()).toEqual({ reference: null, settable: true });
  const answer = await post(url, period);
  expect(answer.status).toBe(200);
  const expected = {
    reference: { words: 'windows 102 to 105 of epoch 1', windows: windows.slice(2, 6) },
    settable: true,
  };
  expect(await answer.json()).toEqual(expected);
  expect(await (await fetch(url)).json()).toEqual(expected);
});

test('is set by this site alone, to windows of this stream', async () => {
  const url = await serving();
  expect((await post(url, period, { origin: 'http://elsewhere.example' })).status).toBe(403);
  expect((await post(url, JSON.stringify(period), { 'content-type': 'text/plain' })).status).toBe(415);
  for (const wrong of [
    'null',
    '{',
    { ...period, from: -1 },
    { ...period, from: 1.5 },
    { ...period, from: 6 },
    { ...period, to: '5' },
    { from: 2, to: 5 },
  ])
    expect((await post(url, wrong)).status, JSON.stringify(wrong)).toBe(400);
  expect((await post(url, { ...period, chain: 'x'.repeat(5000) })).status).toBe(413);
  const other = await post(url, { ...period, chain: windows[4]!.report.chain });
  expect([other.status, await other.json()]).toEqual([409, { error: expect.stringMatching(/^windows: /) as string }]);
  expect(((await (await fetch(url)).json()) as ServedReference).reference).toBeNull();
});

test('without a history it cannot be set, and says what to do', async () => {
  const url = await serving({ setReference: null });
  expect(await (await fetch(url)).json()).toEqual({ reference: null, settable: false });
  const refused = await post(url, period);
  expect([refused.status, await refused.json()]).toEqual([
    503,
    { error: expect.stringContaining('--history FILE') as string },
  ]);
});
