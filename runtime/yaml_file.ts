import { readFile, stat } from 'node:fs/promises';
import { isNode, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { messageOf, Problem, wrongPipeline } from '../operators/problem.js';

/** A file that people write: what it is called in messages ('pipeline', 'card'), its entries and their lines. */
export interface YamlFile {
  readonly file: string;
  readonly noun: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

const MAX_BYTES = 1_000_000;

/** Text of the file. One that cannot be read, or is far too large, is a Problem (2). */
export async function readText(file: string, noun: string): Promise<string> {
  try {
    const found = await stat(file);
    if (found.isCharacterDevice() || found.isBlockDevice())
      throw wrongPipeline(`${noun} ${file}: is a device, no file`);
    const { size } = found;
    if (size > MAX_BYTES) throw wrongPipeline(`${noun} ${file}: ${size} bytes, more than ${MAX_BYTES}: not a ${noun}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw wrongPipeline(`${noun} ${file}: ${whyUnreadable(error)}`, error);
  }
}

/** What the system says of a file that cannot be read, in words. */
export function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a directory' : messageOf(error);
}

/** A mistake in the YAML is a Problem (2) with its line. */
export function parseText(text: string, file: string, noun: string): YamlFile {
  const lines = new LineCounter();
  if (/[\0\ufffd]/.test(text)) throw wrongPipeline(`${file}: is no text: give a ${noun} file (YAML)`);
  const document: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake)
    throw wrongPipeline(`${file}:${lines.linePos(mistake.pos[0]).line}: ${yamlMistake(mistake, text, noun)}`);
  if (document.contents === null) throw wrongPipeline(`${file}: is empty: give a ${noun} file (YAML)`);
  return { file, noun, document, lines };
}

function yamlMistake({ code, message, pos }: YAMLError, text: string, noun: string): string {
  if (code === 'DUPLICATE_KEY') return `${/^[^\s:]*/.exec(text.slice(pos[0]))?.[0] ?? ''}: is given twice`;
  if (code === 'MULTIPLE_DOCS') return `a second document begins here; give each ${noun} its own file`;
  // The parser is recursive.
  return message.startsWith('Maximum call stack') ? 'entries are nested too deeply' : message;
}

/** Aliases are resolved here, and only here can be wrong or grow without end. */
export function contentOf({ document, file }: YamlFile): unknown {
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

/** 'FILE:LINE: a.b' of an entry, or of the nearest one around it. */
export function locateIn({ document, lines, file, noun }: YamlFile, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return `${file}:${lines.linePos(node.range[0]).line}: ${path.join('.')}`;
  }
  return `${file}: ${path.length > 0 ? path.join('.') : noun}`;
}
