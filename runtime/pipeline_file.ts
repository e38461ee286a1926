import { readFile, stat } from 'node:fs/promises';
import { isNode, LineCounter, parse as parseYaml, parseDocument, type Document, type YAMLError } from 'yaml';
import { messageOf, Problem, wrongPipeline } from '../operators/problem.js';
import { contentHash } from '../operators/summaries/codec.js';
import { pipelineSchema, type Pipeline } from '../schemas/pipeline.js';
import { canBe, describeMistake, entriesAt, suggestion } from './pipeline_mistake.js';

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
    const found = await stat(file);
    if (found.isCharacterDevice() || found.isBlockDevice())
      throw wrongPipeline(`pipeline ${file}: is a device, no file`);
    const { size } = found;
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
  if (/[\0\ufffd]/.test(text)) throw wrongPipeline(`${file}: is no text: give a pipeline file (YAML)`);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake) throw wrongPipeline(`${file}:${lines.linePos(mistake.pos[0]).line}: ${yamlMistake(mistake, text)}`);
  if (document.contents === null) throw wrongPipeline(`${file}: is empty: give a pipeline file (YAML)`);
  const overridden = overrides.map((override) => set(document, override));
  const locate = locator(document, lines, file, overridden);
  const result = pipelineSchema.safeParse(contentOf(document, file));
  if (!result.success) throw wrongPipeline(describeMistake(result.error.issues, locate));
  return { pipeline: result.data, hash: contentHash(result.data), locate };
}

function yamlMistake({ code, message, pos }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY') return `${/^[^\s:]*/.exec(text.slice(pos[0]))?.[0] ?? ''}: is given twice`;
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; give each pipeline its own file';
  // The parser is recursive.
  return message.startsWith('Maximum call stack') ? 'entries are nested too deeply' : message;
}

/** Aliases are resolved here, and only here can be wrong or grow without end. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100, reviver: refuseProto });
  } catch (error) {
    throw wrongPipeline(`${file}: ${messageOf(error)}`, error);
  }
}

function refuseProto(key: unknown, value: unknown): unknown {
  if (key === '__proto__') throw new Error("'__proto__' is no name");
  return value;
}

interface Override {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Entries that are on unless they are the word none. */
const OFF_BY_NONE = ['correction'];

/** `a.b.c=VALUE`, the value in YAML; `none` removes the entry, or turns it off. */
function set(document: Document, text: string): Override {
  const at = text.indexOf('=');
  const path = text
    .slice(0, Math.max(at, 0))
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  if (path.includes('')) throw wrongPipeline(`--set ${text}: expected PATH=VALUE, e.g. regimes.count=6`);
  const wrong = path.findIndex((_, i) => !canBe(path.slice(0, i + 1)));
  if (wrong >= 0) {
    const hint = suggestion(String(path[wrong]), entriesAt(path.slice(0, wrong)));
    throw wrongPipeline(`--set ${text}: unknown entry '${path.slice(0, wrong + 1).join('.')}'${hint}`);
  }
  const value = text.slice(at + 1);
  try {
    if (value === 'none' && !OFF_BY_NONE.includes(path.join('.'))) document.deleteIn(path);
    else document.setIn(path, document.createNode(parseYaml(value, { prettyErrors: false })));
  } catch (error) {
    throw wrongPipeline(`--set ${text}: ${messageOf(error)}`, error);
  }
  return { path, text };
}

/** An entry that --set gave is found in no line. */
function locator(
  document: Document,
  lines: LineCounter,
  file: string,
  overrides: readonly Override[],
): LoadedPipeline['locate'] {
  return (path) => {
    const by = overrides.findLast((override) => override.path.every((key, i) => String(path[i]) === String(key)));
    if (by) return `--set ${by.text}: ${path.join('.')}`;
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return `${file}:${lines.linePos(node.range[0]).line}: ${path.join('.')}`;
    }
    return `${file}: ${path.length > 0 ? path.join('.') : 'pipeline'}`;
  };
}
