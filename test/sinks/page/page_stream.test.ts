import { get, type IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { StoredWindow } from '../../../schemas/page.js';
import { servePage, type ServedPage } from '../../../sinks/page/serve_page.js';
import { alertAt, standIn, storyWindows } from '../../browser/stand_in_feed.js';

const story = { windows: 30, eventsPerWindow: 200 };
const windows = storyWindows(story);

let served: ServedPage | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

interface Message {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** Reads a stream: its messages so far, and a wait for a number of windows. */
async function reading(url: string, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve) => get(url, { headers }, resolve));
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  let text = '';
  response.on('data', (part: string) => (text += part));
  const messages = (): Message[] =>
    text
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => !block.startsWith(':'))
      .map((block) => {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        return { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? 'null') as unknown };
      });
  const indices = (): number[] =>
    messages().flatMap(({ event, data }) => (event === 'window' ? [(data as StoredWindow).report.index] : []));
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { response, messages, indices, until };
}

const rising = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test('windows come in order with their index as id, from where they are asked for', async () => {
  const stand = standIn(story, windows);
  stand.close(10);
  served = await servePage(stand.feed, { port: 0 });
  const { response, messages, indices, until } = await reading(`${served.url}api/stream?from=7`);
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(response.headers['content-security-policy']).toContain("default-src 'none'");
  stand.close(3);
  await until(() => indices().length === 6);
  expect(indices()).toEqual(rising(7, 13));
  expect(
    messages()
      .filter(({ event }) => event === 'window')
      .map(({ id }) => id),
  ).toEqual(rising(7, 13).map(String));
});

test('Last-Event-ID goes on after what was seen; without a wish only news comes', async () => {
  const stand = standIn(story, windows);
  stand.close(10);
  served = await servePage(stand.feed, { port: 0 });
  const resumed = await reading(`${served.url}api/stream?from=0`, { 'last-event-id': '6' });
  const news = await reading(`${served.url}api/stream`);
  await resumed.until(() => resumed.indices().length === 3);
  stand.close(1);
  await news.until(() => news.indices().length === 1);
  await resumed.until(() => resumed.indices().length === 4);
  expect(resumed.indices()).toEqual(rising(7, 11));
  expect(news.indices()).toEqual([10]);
});

test('windows that close while the first ones are asked for come once, and after them', async () => {
  const stand = standIn(story, windows);
  stand.close(5);
  let calls = 0;
  const feed = {
    ...stand.feed,
    windows: async (from: number) => {
      const found = await stand.feed.windows(from);
      // The store answers late: two windows close meanwhile.
      if (calls++ === 0) stand.close(2);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return found;
    },
  };
  served = await servePage(feed, { port: 0 });
  const { indices, until } = await reading(`${served.url}api/stream?from=0`);
  await until(() => indices().length === 7);
  stand.close(3);
  await until(() => indices().length === 10);
  expect(indices()).toEqual(rising(0, 10));
});

test('a window that the feed did not tell of is asked for', async () => {
  const stand = standIn(story, windows);
  const told: ((news: { kind: 'window'; window: StoredWindow }) => void)[] = [];
  const feed = {
    ...stand.feed,
    subscribe: (listener: (typeof told)[number]) => (told.push(listener), () => undefined),
  };
  served = await servePage(feed, { port: 0 });
  const { indices, until } = await reading(`${served.url}api/stream?from=0`);
  stand.close(4);
  await until(() => told.length === 1);
  told[0]!({ kind: 'window', window: windows[3]! });
  await until(() => indices().length === 4);
  expect(indices()).toEqual(rising(0, 4));
});

test('status comes at once and at most once a second, with the newest state; alerts come at once', async () => {
  const stand = standIn(story, windows);
  served = await servePage(stand.feed, { port: 0 });
  const { messages, until } = await reading(`${served.url}api/stream`);
  const of = (wanted: string) => messages().filter(({ event }) => event === wanted);
  await until(() => of('status').length === 1);
  for (let i = 0; i < 50; i++) stand.setStatus({ verdict: 'medium', why: `reason ${i}` });
  stand.setAlerts([alertAt(101)]);
  await until(() => of('alerts').length === 2);
  await until(() => of('status').length === 2);
  expect(of('status')[1]?.data).toMatchObject({ verdict: 'medium', why: 'reason 49' });
  expect(of('alerts')[1]?.data).toMatchObject([{ name: 'HighContextBias', state: 'firing' }]);
});

test('a reader that leaves is forgotten, one that does not read is cut, and the end of the server ends all', async () => {
  const stand = standIn(story, windows);
  served = await servePage(stand.feed, { port: 0 });
  const leaving = await reading(`${served.url}api/stream`);
  const slow = await reading(`${served.url}api/stream?from=0`);
  await slow.until(() => stand.listeners() === 2);
  leaving.response.destroy();
  await slow.until(() => stand.listeners() === 1);
  slow.response.pause();
  const big = { ...windows[0]!, report: { ...windows[0]!.report, chain: 'x'.repeat(2_000_000) } };
  const many = Array.from({ length: 40 }, (_, index) => ({ ...big, report: { ...big.report, index } }));
  const crowd = standIn(story, many);
  await served.close();
  expect(stand.listeners()).toBe(0);
  served = await servePage(crowd.feed, { port: 0 });
  const stuck = await reading(`${served.url}api/stream?from=0`);
  stuck.response.pause();
  await stuck.until(() => crowd.listeners() === 1);
  crowd.close(40);
  await stuck.until(() => crowd.listeners() === 0);
});

test('a reference that was set is told, and asked for by whom it concerns', async () => {
  const stand = standIn(story, windows);
  stand.close(10);
  served = await servePage(stand.feed, { port: 0 });
  const { response, messages, until } = await reading(`${served.url}api/stream?from=10`);
  stand.setReference({ words: 'windows 100 to 103 of epoch 1', windows: windows.slice(0, 4) });
  await until(() => messages().some(({ event }) => event === 'reference'));
  expect(messages().find(({ event }) => event === 'reference')?.data).toEqual({});
  response.destroy();
});
