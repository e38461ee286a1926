import type { StoredWindow } from '../../../schemas/page.js';

/** Windows of a page of them. */
export const PAGE = 120;

export async function ask<T>(path: string): Promise<T> {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

export const windowsFrom = (from: number, most: number): Promise<StoredWindow[]> =>
  ask(`/api/windows?from=${from}&most=${most}`);

/** Returns what went wrong, in words; undefined: it is done, and the stream tells of it. */
export async function post(path: string, content: object): Promise<string | undefined> {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(content) });
    return response.ok ? undefined : ((await response.json()) as { error: string }).error;
  } catch {
    return 'the server does not answer';
  }
}

export const acknowledge = (id: string, note: string): Promise<string | undefined> =>
  post(`/api/alerts/${encodeURIComponent(id)}/acknowledge`, { note });
