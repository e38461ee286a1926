import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import type { KafkaAccess } from '../sources/kafka/access.js';

/** What the options of `addWireOptions` give. */
export interface WireOptions {
  readonly registry?: string;
  readonly schema?: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const USER = 'REGIMEWATCH_REGISTRY_USER';
const PASSWORD = 'REGIMEWATCH_REGISTRY_PASSWORD';

/** Where the schemas of Avro messages are, besides the topic TOPIC.schemas that `produce` writes. */
export const addWireOptions = (command: Command): Command =>
  command
    .option(
      '--registry <url>',
      `schema registry of Avro messages; log in by ${USER} and ${PASSWORD} of the environment`,
    )
    .option('--schema <file...>', 'Avro schema of messages (JSON)');

/** The registry and schemas that options and environment describe; a mistake is a Problem (2) that repeats no secret. */
export function wireAccess({ registry, schema }: WireOptions, env: Environment): Omit<KafkaAccess, 'connection'> {
  const [username, password] = [env[USER], env[PASSWORD]];
  const login = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
  return {
    ...(registry === undefined ? {} : { registry: { url: registry, ...login } }),
    ...(schema === undefined ? {} : { schemas: schema.map(readSchema) }),
  };
}

function readSchema(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    JSON.parse(text);
    return text;
  } catch (error) {
    throw wrongPipeline(`--schema ${path}: cannot be read: ${messageOf(error)}; give an Avro schema (JSON)`);
  }
}

/** The name, if a topic can be called so. */
export function topicName(option: string, name: string): string {
  if (/^[\w.-]{1,249}$/.test(name) && name !== '.' && name !== '..') return name;
  throw wrongPipeline(`${option} ${name}: is no topic's name; use letters, digits, '.', '_' and '-'`);
}
