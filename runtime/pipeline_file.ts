import { readFile, stat } from 'node:fs/promises';
import { isNode, LineCounter, parse as parseYaml, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { nearest } from '../operators/expressions/nearest.js';
import { messageOf, Problem, wrongPipeline } from '../operators/problem.js';
import { contentHash } from '../operators/summaries/codec.js';
import { pipelineSchema, type Pipeline } from '../schemas/pipeline.js';

export interface LoadedPipeline {
  readonly pipeline: Pipeline;
  /** SHA-256 of the validated content, so that comments and spelling of numbers do not matter. */
  readonly hash: string;
  /** 'FILE:LINE: a.b' of an entry, for messages. */
  readonly locate: (path: readonly PropertyKey[]) => string;
}

const MAX_BYTES = 1_000_000;

/** Reads, overrides (`--set PATH=VALUE`) and validates a pipeline file. A mistake is a Problem (2) with its line. */
export async function loadPipeline(file: string, overrides: readonly string[] = []): Promise<LoadedPipeline> {
  return parsePipeline(await readPipeline(file), file, overrides);
}

async function readPipeline(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES)
      throw wrongPipeline(`pipeline ${file}: ${size} bytes, more than ${MAX_BYTES}: not a pipeline`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a directory' : messageOf(error);
    throw wrongPipeline(`pipeline ${file}: ${why}`, error);
  }
}

export function parsePipeline(text: string, file: string, overrides: readonly string[] = []): LoadedPipeline {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  if (mistake) throw wrongPipeline(`${file}:${lines.linePos(mistake.pos[0]).line}: ${mistake.message}`);
  for (const override of overrides) set(document, override);
  const locate = locator(document, lines, file);
  const result = pipelineSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!result.success) throw wrongPipeline(explain(result.error.issues[0]!, locate));
  return { pipeline: result.data, hash: contentHash(result.data), locate };
}

/** `a.b.c=VALUE`, the value in YAML; `none` removes the entry. */
function set(document: Document, override: string): void {
  const at = override.indexOf('=');
  const path = override
    .slice(0, at)
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  if (at < 1 || path.includes('')) throw wrongPipeline(`--set ${override}: expected PATH=VALUE, e.g. regimes.count=6`);
  const text = override.slice(at + 1);
  try {
    if (text === 'none') document.deleteIn(path);
    else document.setIn(path, document.createNode(parseYaml(text)));
  } catch (error) {
    throw wrongPipeline(`--set ${override}: ${messageOf(error)}`, error);
  }
}

function locator(document: Document, lines: LineCounter, file: string): LoadedPipeline['locate'] {
  return (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return `${file}:${lines.linePos(node.range[0]).line}: ${path.join('.')}`;
    }
    return `${file}: ${path.length > 0 ? path.join('.') : 'pipeline'}`;
  };
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, locate: LoadedPipeline['locate']): string {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    return `${locate([...issue.path, key])}: unknown entry${suggestion(key, keysAt(issue.path))}`;
  }
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1));
    return `${locate(issue.path)}: wrong name '${key}'${suggestion(key, keysAt(issue.path.slice(0, -1)))}`;
  }
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
    if (deepest && deepest.path.length > 0)
      return explain({ ...deepest, path: [...issue.path, ...deepest.path] }, locate);
    const wanted = issue.errors.flat().map(({ message }) => message.replace(/^Invalid input: expected /, ''));
    return `${locate(issue.path)}: expected ${wanted.join(' or ')}`;
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return `${locate(issue.path)}: is missing (${issue.message.replace('Invalid input: ', '').replace(', received undefined', '')})`;
  }
  return `${locate(issue.path)}: ${issue.message.replace('Invalid input: ', '')}`;
}

function suggestion(wrong: string, known: readonly string[]): string {
  const near = nearest(wrong, known);
  if (near !== undefined) return `, did you mean '${near}'?`;
  return known.length > 0 ? `; known here: ${known.join(', ')}` : '';
}

interface Node {
  properties?: Record<string, Node>;
  additionalProperties?: Node;
  propertyNames?: { enum?: string[] };
  anyOf?: Node[];
  items?: Node;
}

/** Keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let nodes = [z.toJSONSchema(pipelineSchema, { io: 'input', unrepresentable: 'any' }) as Node];
  const open = (list: Node[]): Node[] => list.flatMap((node) => (node.anyOf ? open(node.anyOf) : [node]));
  for (const key of path) {
    nodes = open(nodes).flatMap(
      (node) => node.properties?.[String(key)] ?? node.additionalProperties ?? node.items ?? [],
    );
  }
  return open(nodes).flatMap((node) => [...Object.keys(node.properties ?? {}), ...(node.propertyNames?.enum ?? [])]);
}
