import fastify from 'fastify';
import { messageOf, Problem } from '../../operators/problem.js';
import type { Report } from '../../schemas/report.js';
import { acceptedFormat } from '../prometheus/accepted_format.js';
import { reportMetrics } from '../prometheus/report_metrics.js';
import { figures } from '../report/figures.js';
import { reportHtml } from '../report/html.js';

export interface ServedReport {
  /** Ends in a slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const LOCAL = '127.0.0.1';

/** Serves a report on this machine alone: / (the page), /report.json, /figures/NAME.svg, /metrics and /healthz. */
export async function serveReport(report: Report, port: number): Promise<ServedReport> {
  const server = fastify();
  const page = reportHtml(report);
  const drawn = new Map(figures(report).map(({ name, svg }) => [`${name}.svg`, svg]));
  server.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get('/report.json', (_, reply) => reply.type('application/json').send(JSON.stringify(report)));
  server.get<{ Params: { name: string } }>('/figures/:name', (request, reply) => {
    const svg = drawn.get(request.params.name);
    return svg === undefined ? reply.code(404).send('no such figure\n') : reply.type('image/svg+xml').send(svg);
  });
  server.get('/metrics', async ({ headers }, reply) => {
    const { contentType, openMetrics } = acceptedFormat(headers.accept);
    return reply.type(contentType).send(await reportMetrics(report, { openMetrics, process: true }));
  });
  server.get('/healthz', () => 'ok\n');
  try {
    const address = await server.listen({ host: LOCAL, port });
    return { url: `${address}/`, close: () => server.close() };
  } catch (error) {
    throw new Problem(1, `port ${port}: ${messageOf(error)}; choose another, 0 for any free one`, { cause: error });
  }
}
