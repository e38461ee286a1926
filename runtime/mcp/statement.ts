import { z } from 'zod';
import { formatEstimate } from '../../sinks/page/client/shared/format_estimate.js';

/** A number that a statement rests on: what it is, with its error or count, and of which window and regime. */
export const figureSchema = z.object({
  name: z.string(),
  value: z.number().nullable(),
  error: z.number().nullable().optional().describe('standard error'),
  n: z.number().optional().describe('events behind it'),
  limit: z.number().nullable().optional(),
  regime: z.number().int().optional(),
  window: z.number().optional().describe('number of the window'),
});

export const statementSchema = z.object({ text: z.string(), figures: z.array(figureSchema) });

/** Where the numbers come from, so that the same question can be asked again. */
export const provenanceSchema = z.object({
  regimewatch: z.string().describe('version that answers'),
  made: z.string().optional().describe('version that made the report'),
  pipeline: z.string().optional(),
  pipelineHash: z.string().optional(),
  source: z.string().optional().describe('file that was read'),
  windows: z.string().optional().describe('EPOCH@FROM:TO, by index'),
  chain: z.string().optional().describe('of the last window read: names it and all before'),
  sha256: z.string().optional().describe('of the file that was read'),
  samples: z.array(z.object({ path: z.string(), sha256: z.string() })).optional(),
});

export type Figure = z.infer<typeof figureSchema>;
export type Statement = z.infer<typeof statementSchema>;
export type Provenance = z.infer<typeof provenanceSchema>;

/** What most tools answer. */
export const answerShape = { statements: z.array(statementSchema), provenance: provenanceSchema };

export interface Answer {
  readonly statements: Statement[];
  readonly provenance: Provenance;
}

interface Known {
  readonly value: number | null;
  readonly error: number | null;
}

/** A figure of an estimate; none if there is no such estimate. */
export const figureOf = (name: string, of: Known | undefined, more: Partial<Figure> = {}): Figure[] =>
  of ? [{ name, value: of.value, error: of.error, ...more }] : [];

/** 'core −0.0120 ± 0.0009 (limit 0.005)' */
export function figureWords({ name, value, error = null, limit, n }: Figure): string {
  const beside = [typeof limit !== 'number' ? '' : `limit ${limit}`, n === undefined ? '' : `${n} events`].filter(
    Boolean,
  );
  return `${name} ${formatEstimate(value, error)}${beside.length > 0 ? ` (${beside.join(', ')})` : ''}`;
}

export const statementWords = ({ text, figures }: Statement): string =>
  figures.length === 0 ? text : `${text} [${figures.map(figureWords).join('; ')}]`;
