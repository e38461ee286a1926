import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * What every answer says: own scripts alone, nothing from elsewhere, in no frame. Styles may stand in the document,
 * since every figure brings its own; with no address but this server's to load from, they cannot carry anything out.
 */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Name in a Host header, without the port and the brackets of IPv6. */
const nameOf = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

/**
 * Refuses, where the server is bound to this machine alone, a request under another name (DNS rebinding: a site whose
 * name was made to mean 127.0.0.1), and everywhere a change that another site asks for. Returns why, or undefined.
 */
export function refusal(bound: string, request: FastifyRequest): string | undefined {
  const host = request.headers.host ?? '';
  if (isLoopback(bound) && !isLoopback(nameOf(host)))
    return `host ${host.slice(0, 80)}: this page is of 127.0.0.1 alone`;
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const { origin } = request.headers;
  const other = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  return other ? 'origin: another site may not change anything here' : undefined;
}

export function guard(bound: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    reply.headers(HEADERS);
    const why = refusal(bound, request);
    return why === undefined ? undefined : reply.code(403).type('text/plain; charset=utf-8').send(`${why}\n`);
  };
}
