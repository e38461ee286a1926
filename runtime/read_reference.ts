import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, wrongSample } from '../operators/problem.js';
import { reportSchema, type Report } from '../schemas/report.js';

/** A report that another is compared with, and where it was read. */
export interface Reference {
  readonly path: string;
  readonly report: Report;
}

const ADVICE = 'give the report.json of a replay';

/** Reads a report.json. Throws a Problem where there is none, or what is there is no report. */
export async function readReference(path: string): Promise<Reference> {
  const fail = (why: string, cause?: unknown): Error => wrongSample(`reference ${path}: ${why}; ${ADVICE}`, cause);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    throw fail(code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : messageOf(error), error);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail('is no JSON', error);
  }
  const parsed = reportSchema.safeParse(json);
  if (parsed.success) return { path, report: parsed.data };
  throw fail(`is no report of this version: ${firstIssue(parsed.error)}`, parsed.error);
}

function firstIssue({ issues }: z.ZodError): string {
  const [{ path, message }] = issues as [z.core.$ZodIssue];
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
