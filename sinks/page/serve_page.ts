import fastify from 'fastify';
import { messageOf, Problem } from '../../operators/problem.js';
import type { PageFeed } from '../../schemas/page.js';
import { acceptedFormat } from '../prometheus/accepted_format.js';
import { guard } from './page_guard.js';
import { streamTo } from './page_stream.js';
import { serveFiles } from './serve_files.js';
import { serveReference } from './serve_reference.js';

export interface ServedPage {
  /** Ends in a slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface PageAddress {
  /** Default 127.0.0.1: this machine alone. */
  readonly host?: string;
  /** 0: any free one. */
  readonly port: number;
  /** What /status.json answers, for scripts; without it there is none. */
  readonly statusJson?: () => unknown;
}

const LOCAL = '127.0.0.1';
const MOST_STREAMS = 64;
/** Windows of one answer; a reader asks on from the last one. */
const MOST_WINDOWS = 240;
/** Characters of a note. */
const MOST_NOTE = 500;
const TEXT = 'text/plain; charset=utf-8';

/** A whole number that is not negative; undefined: `text` is none. */
const whole = (text: unknown): number | undefined =>
  typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/**
 * Serves a stream: / (the page), /api/description, /api/windows?from=N&most=M or ?last=N, /api/status, /api/alerts,
 * POST /api/alerts/ID/acknowledge with { note }, /api/reference, POST /api/reference with { from, to, chain }, /api/stream (server-sent events from ?from= or after Last-Event-ID),
 * /metrics, /healthz and /readyz (503 until the feed is ready). All of it from this server: the page works offline.
 */
export async function servePage(feed: PageFeed, { host = LOCAL, port, statusJson }: PageAddress): Promise<ServedPage> {
  const server = fastify({ bodyLimit: 4096, forceCloseConnections: true });
  const streams = new Set<{ end: () => void }>();
  // Of a form on another site: only JSON, which browsers ask about first, changes anything.
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', guard(host));
  server.addHook('preClose', () => {
    for (const stream of streams) stream.end();
  });

  serveFiles(server, feed.description);
  server.get('/api/description', () => feed.description);
  server.get('/api/status', () => feed.status());
  server.get('/api/alerts', () => feed.alerts());
  server.get<{ Querystring: { from?: string; last?: string; most?: string } }>(
    '/api/windows',
    async (request, reply) => {
      const { from, last, most } = request.query;
      const first = last === undefined ? whole(from ?? '0') : firstOfLast(feed, whole(last));
      const length = whole(most ?? String(MOST_WINDOWS));
      if (first === undefined || length === undefined) {
        return reply.code(400).send({ error: 'from, last and most: whole numbers from 0 on' });
      }
      return reply.send((await feed.windows(first)).slice(0, Math.min(length, MOST_WINDOWS)));
    },
  );
  server.post<{ Params: { id: string } }>('/api/alerts/:id/acknowledge', (request, reply) => {
    const { note } = (request.body ?? {}) as { note?: unknown };
    if (typeof note !== 'string' || note.length > MOST_NOTE) {
      return reply.code(400).send({ error: `note: a text of at most ${MOST_NOTE} characters` });
    }
    const known = feed.acknowledge(request.params.id, note);
    return known ? reply.send(feed.alerts()) : reply.code(404).send({ error: 'alert: there is none of this id' });
  });
  serveReference(server, feed);
  server.get<{ Querystring: { from?: string } }>('/api/stream', (request, reply) => {
    const seen = whole(request.headers['last-event-id']);
    const from = seen === undefined ? whole(request.query.from ?? String(feed.status().windows)) : seen + 1;
    if (from === undefined) return reply.code(400).send({ error: 'from: a whole number from 0 on' });
    if (streams.size >= MOST_STREAMS) return reply.code(503).send({ error: 'streams: too many readers' });
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      ...{ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    });
    const stream = streamTo(feed, reply.raw, from);
    streams.add(stream);
    reply.raw.on('close', () => streams.delete(stream));
    return reply;
  });

  server.get('/metrics', async ({ headers }, reply) => {
    const { contentType, openMetrics } = acceptedFormat(headers.accept);
    return reply.type(contentType).send(await feed.metrics(openMetrics));
  });
  if (statusJson)
    server.get('/status.json', (_, reply) => reply.type('application/json').send(JSON.stringify(statusJson())));
  server.get('/healthz', (_, reply) => reply.type(TEXT).send('ok\n'));
  server.get('/readyz', (_, reply) =>
    feed.ready() ? reply.type(TEXT).send('ok\n') : reply.code(503).type(TEXT).send('not ready\n'),
  );

  try {
    const address = await server.listen({ host, port });
    return { url: `${address}/`, close: () => server.close() };
  } catch (error) {
    throw new Problem(1, `port ${port}: ${messageOf(error)}; choose another, 0 for any free one`, { cause: error });
  }
}

/** Index of the first of the last n windows. */
const firstOfLast = (feed: PageFeed, n: number | undefined): number | undefined =>
  n === undefined ? undefined : Math.max(0, feed.status().windows - n);
