import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, Problem, wrongPipeline } from '../../operators/problem.js';
import { reportSchema } from '../../schemas/report.js';
import { windowReportSchema } from '../../schemas/window_report.js';
import { explainPipeline } from '../explain.js';
import { topicSchema } from '../live/wire_stage.js';
import { loadPipeline, parsePipeline, type LoadedPipeline } from '../pipeline_file.js';
import { confined, type McpSetting } from './setting.js';

export interface Source {
  readonly path?: string | undefined;
  readonly text?: string | undefined;
}

export interface Validated {
  readonly valid: boolean;
  /** One a mistake, with its line or its place. */
  readonly errors: string[];
  /** What a valid pipeline does, in words. */
  readonly plan?: string;
  readonly hash?: string;
}

async function pipelineFrom(setting: McpSetting, { path, text }: Source): Promise<LoadedPipeline> {
  if (text !== undefined && path === undefined) return parsePipeline(text, 'text');
  const file = path ?? setting.pipeline;
  if (file === null || text !== undefined) throw wrongPipeline('pipeline: give either path or text');
  return loadPipeline(confined(setting, file));
}

/** As `regimewatch check`: the mistake with its line, or the plan. */
export async function validatePipeline(setting: McpSetting, source: Source): Promise<Validated> {
  try {
    const loaded = await pipelineFrom(setting, source);
    return { valid: true, errors: [], plan: explainPipeline(loaded), hash: loaded.hash };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { valid: false, errors: [error.message] };
  }
}

export const DOCUMENTS = ['report', 'window-report', 'event'] as const;

export interface ValidateSchema extends Source {
  /** event: an Avro schema, against what the messages of the pipeline hold. */
  readonly schema: (typeof DOCUMENTS)[number];
  /** For event; default that of the server. */
  readonly pipeline?: string | undefined;
}

/** A document against a schema of this version; every mistake with its place in it. */
export async function validateSchema(
  setting: McpSetting,
  { schema, pipeline, ...source }: ValidateSchema,
): Promise<Validated> {
  const { path, text } = source;
  if ((path === undefined) === (text === undefined)) throw wrongPipeline('document: give either path or text');
  const content = text ?? (await readFile(confined(setting, path!), 'utf8'));
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return { valid: false, errors: [`document: no JSON: ${messageOf(error)}`] };
  }
  const errors =
    schema === 'event'
      ? eventMistakes(json, topicSchema(await pipelineFrom(setting, { path: pipeline })))
      : mistakes((schema === 'report' ? reportSchema : windowReportSchema).safeParse(json));
  return { valid: errors.length === 0, errors };
}

const mistakes = (parsed: z.ZodSafeParseResult<unknown>): string[] =>
  parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'document'}: ${message}`);

const avro = z.object({ fields: z.array(z.looseObject({ name: z.string(), type: z.unknown() })) });

/** Fields that the pipeline reads and the schema does not have, or has of another type. Others are no matter. */
function eventMistakes(json: unknown, expected: unknown): string[] {
  const parsed = avro.safeParse(json);
  if (!parsed.success) return ['document: no Avro record: expected { "type": "record", "fields": [...] }'];
  const given = new Map(parsed.data.fields.map(({ name, type }) => [name, JSON.stringify(type)]));
  return avro.parse(expected).fields.flatMap(({ name, type }) => {
    const found = given.get(name);
    if (found === undefined) return [`field ${name}: missing; expected type ${JSON.stringify(type)}`];
    return found === JSON.stringify(type) ? [] : [`field ${name}: type ${found}; expected ${JSON.stringify(type)}`];
  });
}
