import fastify from 'fastify';
import { messageOf, Problem } from '../../operators/problem.js';

export interface ServedLive {
  /** Ends in a slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What is served of a worker, asked for anew each time. */
export interface LiveAnswers {
  readonly metrics: () => Promise<string>;
  readonly status: () => unknown;
  /** Whether the worker has its share of the partitions. */
  readonly ready: () => boolean;
}

const LOCAL = '127.0.0.1';
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

/** Serves a live worker on this machine alone: /metrics, /status.json, /healthz, and /readyz (503 until it has a share). */
export async function serveLive({ metrics, status, ready }: LiveAnswers, port: number): Promise<ServedLive> {
  const server = fastify();
  server.get('/metrics', async (_, reply) => reply.type(PROMETHEUS).send(await metrics()));
  server.get('/status.json', (_, reply) => reply.type('application/json').send(JSON.stringify(status())));
  server.get('/healthz', () => 'ok\n');
  server.get('/readyz', (_, reply) => (ready() ? reply.send('ok\n') : reply.code(503).send('no share of the group\n')));
  try {
    const address = await server.listen({ host: LOCAL, port });
    return { url: `${address}/`, close: () => server.close() };
  } catch (error) {
    throw new Problem(1, `port ${port}: ${messageOf(error)}; choose another, 0 for any free one`, { cause: error });
  }
}
