import { setTimeout as pause } from 'node:timers/promises';
import { messageOf, Problem, wrongPipeline, wrongSample } from '../../operators/problem.js';

export interface RequestOptions {
  readonly username?: string;
  readonly password?: string;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  /** How often a registry that does not answer is asked in all. */
  readonly attempts?: number;
  /** Before the second attempt; doubled before each further one. */
  readonly waitMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks for a path, with POST if there is a body. */
export type Request = (path: string, body?: string) => Promise<Answer>;

const answerLimit = 2 ** 20;

/** The registry's address, which may have a path but no credentials; else a Problem (2) that does not repeat it. */
export function registryAddress(url: string): URL {
  if (!URL.canParse(url)) throw wrongPipeline('schema registry address is not a URL: give it as http://host:port');
  const address = new URL(url.endsWith('/') ? url : `${url}/`);
  if (!/^https?:$/.test(address.protocol)) throw wrongPipeline('schema registry address is not http: or https:');
  if (address.username !== '' || address.password !== '') {
    throw wrongPipeline('schema registry address holds a user or a password: give them apart from the address');
  }
  return address;
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > answerLimit) throw wrongSample(`answers more than ${answerLimit} bytes: see that it is a registry`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** fetch says "fetch failed"; why is in its cause. */
const causeOf = (thrown: unknown): string => messageOf((thrown instanceof Error ? thrown.cause : undefined) ?? thrown);

/**
 * How a registry is asked. No answer in time, 429 and 5xx are asked again with back-off, a few times, then a Problem (1);
 * refused credentials are a Problem (2), an answer of more than 2^20 bytes a Problem (3). Redirects are not followed, so
 * that credentials go nowhere else. No message names a credential or repeats what the registry wrote.
 */
export function registryRequest(base: URL, options: RequestOptions): Request {
  const { username, password, timeoutMs = 5000, attempts = 4, waitMs = 250 } = options;
  const registry = `schema registry ${base.origin}`;
  const headers: Record<string, string> = {
    accept: 'application/vnd.schemaregistry.v1+json, application/json',
    'content-type': 'application/vnd.schemaregistry.v1+json',
  };
  if (username !== undefined || password !== undefined) {
    headers['authorization'] = `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`;
  }

  async function once(path: string, body: string | undefined): Promise<Answer | string> {
    const signal = AbortSignal.timeout(timeoutMs);
    const method = body === undefined ? { method: 'GET' } : { method: 'POST', body };
    try {
      const response = await fetch(new URL(path, base), { ...method, headers, signal, redirect: 'error' });
      const { status } = response;
      if (status !== 429 && status < 500) return { status, text: await textOf(response) };
      await response.body?.cancel();
      return `it answers ${status}`;
    } catch (thrown) {
      if (thrown instanceof Problem) throw wrongSample(`${registry} ${thrown.message}`, thrown);
      return signal.aborted ? `no answer within ${timeoutMs} ms` : causeOf(thrown);
    }
  }

  return async (path, body) => {
    let last = '';
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0) await pause(waitMs * 2 ** (attempt - 1));
      const answer = await once(path, body);
      if (typeof answer === 'string') {
        last = answer;
        continue;
      }
      if (answer.status !== 401 && answer.status !== 403) return answer;
      throw wrongPipeline(`${registry} refuses the credentials (${answer.status}): give its user and password`);
    }
    throw new Problem(1, `${registry} could not be asked, ${attempts} times (${last}): see that it runs`);
  };
}
