import { open, stat } from 'node:fs/promises';
import { gunzipSync, constants } from 'node:zlib';
import { messageOf, wrongSample, type Problem } from '../operators/problem.js';
import { looksLike } from './lhe/looks_like.js';

const headBytes = 1 << 16;

/** What the formats are called in messages, with their article. */
export const called: Readonly<Record<string, string>> = {
  parquet: 'a Parquet file',
  arrow: 'an Arrow file',
  avro: 'an Avro file',
  root: 'a ROOT file',
  lhe: 'an LHE file',
  csv: 'a CSV file',
  jsonl: 'a JSON lines file',
};

const magics: readonly (readonly [string, string])[] = [
  ['PAR1', 'parquet'],
  ['ARROW1', 'arrow'],
  ['\xff\xff\xff\xff', 'arrow'],
  ['Obj\x01', 'avro'],
  ['root', 'root'],
];

/** Kinds of file that come close to a format. */
const almost: readonly (readonly [string, string])[] = [
  ['PARE', 'is an encrypted Parquet file: write it without encryption'],
  ['FEA1', 'is a Feather file of version 1: write version 2'],
];

function cannotOpen(path: string, thrown: unknown): Problem {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT') return wrongSample(`${path}: no such file: check the path`, thrown);
  if (code === 'EACCES' || code === 'EPERM')
    return wrongSample(`${path}: file may not be read: check its permissions`, thrown);
  return wrongSample(`${path}: file cannot be opened (${messageOf(thrown)}): check the path`, thrown);
}

/** The size of a file and its first bytes. */
async function headOf(path: string): Promise<{ bytes: number; head: Buffer }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw wrongSample(`${path}: is a directory: name the files in it`);
    if (!found.isFile()) throw wrongSample(`${path}: is no regular file: store the events in one first`);
    if (found.size === 0) throw wrongSample(`${path}: file is empty: write it again`);
    const handle = await open(path);
    try {
      const head = Buffer.alloc(Math.min(found.size, headBytes));
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      return { bytes: found.size, head: head.subarray(0, bytesRead) };
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw thrown instanceof Error && thrown.name === 'Problem' ? thrown : cannotOpen(path, thrown);
  }
}

/** The beginning of what a gzip file holds; nothing if it is damaged from its first bytes on. */
function unpacked(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

function textFormat(head: Buffer, ending: string | undefined): string | undefined {
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (text.startsWith('<')) return text.includes('<LesHouchesEvents') || ending === 'lhe' ? 'lhe' : undefined;
  if (text === '' || head.includes(0)) return undefined;
  if (text.startsWith('{')) return 'jsonl';
  return ending === 'csv' ? 'csv' : undefined;
}

/**
 * The format of a file, from its first bytes, and from the ending of its name where text has no mark of its own.
 * `ending` is the format that the name promises.
 */
export async function detect(
  path: string,
  ending: string | undefined,
  readable: string,
): Promise<{ format: string; bytes: number }> {
  const { bytes, head } = await headOf(path);
  const begin = head.toString('latin1', 0, 8);
  for (const [magic, what] of almost) if (begin.startsWith(magic)) throw wrongSample(`${path}: ${what}`);
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const content = gzip ? unpacked(head) : head;
  const format = gzip
    ? textFormat(content, ending)
    : (magics.find(([magic]) => begin.startsWith(magic))?.[1] ?? textFormat(head, ending));
  if (gzip && format !== 'lhe') throw wrongSample(`${path}: is packed with gzip: unpack it first (gunzip)`);
  if (format === undefined) {
    const what = looksLike(content);
    if (what === 'JSON')
      throw wrongSample(`${path}: holds a JSON array, not JSON lines: write one object an event, each on its own line`);
    const promised = ending === undefined ? '' : `, not ${called[ending] ?? ending}`;
    throw wrongSample(`${path}: holds ${what}${promised}: readable are ${readable}`);
  }
  if (ending !== undefined && ending !== format) {
    const not = (called[ending] ?? ending).replace(/^an? | file$/g, '');
    throw wrongSample(`${path}: holds ${called[format] ?? format}, not ${not}: rename it`);
  }
  return { format, bytes };
}
