import type { FastifyInstance } from 'fastify';
import type { PageDescription } from '../../schemas/page.js';
import { pageCss } from './page_css.js';
import { pageFiles } from './page_files.js';
import { pageHtml } from './page_html.js';

const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

/** / (the page), its style, the modules of its client and the libraries that it loads. */
export function serveFiles(server: FastifyInstance, description: PageDescription): void {
  const files = pageFiles();
  server.get('/', (_, reply) => reply.type(HTML).header('cache-control', 'no-cache').send(pageHtml(description)));
  server.get('/client/page.css', (_, reply) => reply.type('text/css; charset=utf-8').send(pageCss));
  server.get<{ Params: { '*': string } }>('/client/*', async (request, reply) => {
    const file = await files.client(request.params['*']);
    if (!file) return reply.code(404).type(TEXT).send('no such file\n');
    return reply.type(file.type).header('cache-control', 'no-cache').send(file.text);
  });
  server.get<{ Params: { name: string } }>('/vendor/:name', async (request, reply) => {
    const file = await files.vendor(request.params.name);
    if (!file) return reply.code(404).type(TEXT).send('no such file\n');
    return reply.type(file.type).header('cache-control', 'max-age=3600').send(file.text);
  });
}
