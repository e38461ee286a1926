import type { FastifyInstance } from 'fastify';
import type { PageFeed, ServedReference } from '../../schemas/page.js';

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * GET /api/reference: what was set in the history, with its windows. POST with { from, to, chain }: windows by index,
 * ends included, and the chain of the last of them, so that windows of a stream that was begun anew are not taken for
 * those that the reader saw. 409: they are not of this stream; 503: no history is kept.
 */
export function serveReference(server: FastifyInstance, feed: PageFeed): void {
  server.get('/api/reference', async (): Promise<ServedReference> => ({
    reference: await feed.reference(),
    settable: feed.setReference !== null,
  }));
  server.post('/api/reference', async (request, reply) => {
    const { from, to, chain } = (request.body ?? {}) as { from?: unknown; to?: unknown; chain?: unknown };
    if (!isIndex(from) || !isIndex(to) || from > to || typeof chain !== 'string') {
      return reply
        .code(400)
        .send({ error: 'from, to: indices of windows, rising; chain: that of the window with index to' });
    }
    if (!feed.setReference) return reply.code(503).send({ error: 'history: none is kept; start with --history FILE' });
    const isSet = await feed.setReference({ from, to, chain });
    if (!isSet) return reply.code(409).send({ error: 'windows: the history has them no longer, or of another stream' });
    return reply.send({ reference: await feed.reference(), settable: true });
  });
}
