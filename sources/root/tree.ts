import { open, type FileHandle } from 'node:fs/promises';
import { messageOf, Problem, wrongSample } from '../../operators/problem.js';
import type { TableInfo } from '../missing_columns.js';
import { branchesOf, typeOf, valuesOf, type TBranch, type TTree, type Values } from './branch.js';
import { jsroot, type Key, type RootFile } from './jsroot.js';
import { quietly } from './quiet.js';

export interface OpenTree {
  readonly file: RootFile;
  readonly handle: FileHandle;
  readonly bytesAt: (at: number, length: number) => Promise<DataView>;
  readonly info: TableInfo & { readonly events: number };
  readonly branches: ReadonlyMap<string, { readonly branch: TBranch; readonly values: Values }>;
}

export const damaged = (path: string, what: string, cause?: unknown): Problem =>
  wrongSample(`${path}: ROOT file is cut off or damaged (${what}): copy or write it again`, cause);

const readLimit = 1 << 28;

function reader(handle: FileHandle, size: number): OpenTree['bytesAt'] {
  return async (at, length) => {
    // jsroot asks for the file's first 400 bytes even where there are fewer.
    const n = at === 0 ? Math.min(length, size) : length;
    if (!(at >= 0 && n >= 0 && n <= readLimit && at + n <= size)) throw new Error(`no bytes ${at} to ${at + length}`);
    const bytes = Buffer.alloc(n);
    const { bytesRead } = await handle.read(bytes, 0, n, at);
    if (bytesRead !== n) throw new Error(`no bytes ${at + bytesRead} to ${at + n}`);
    return new DataView(bytes.buffer, bytes.byteOffset, n);
  };
}

const isTree = (key: Key): boolean => ['TTree', 'TNtuple', 'TNtupleD'].includes(key.fClassName);

/** The names of all trees, those in directories as 'directory/tree'. */
async function treesIn(file: RootFile, keys: readonly Key[], prefix = '', depth = 4): Promise<string[]> {
  const names = new Set<string>();
  for (const key of keys) {
    if (isTree(key)) names.add(prefix + key.fName);
    if (depth === 0 || !key.fClassName.startsWith('TDirectory')) continue;
    const directory = (await file.readObject(prefix + key.fName)) as { fKeys: readonly Key[] };
    for (const name of await treesIn(file, directory.fKeys, `${prefix}${key.fName}/`, depth - 1)) names.add(name);
  }
  return [...names];
}

async function chosenTree(path: string, file: RootFile, wanted: string | undefined): Promise<string> {
  const trees = await treesIn(file, file.fKeys);
  if (trees.length === 0) {
    const ntuple = file.fKeys.some((key) => key.fClassName === 'ROOT::RNTuple');
    const what = ntuple ? 'holds an RNTuple, and only a TTree can be read' : 'holds no TTree';
    throw wrongSample(`${path}: ROOT file ${what}: write the events as a TTree of numbers`);
  }
  if (wanted === undefined && trees.length === 1) return trees[0]!;
  const [name] = wanted === undefined ? [] : trees.filter((tree) => tree === wanted);
  if (name !== undefined) return name;
  const what = wanted === undefined ? 'holds several trees' : `holds no tree '${wanted}'`;
  throw wrongSample(`${path}: ROOT file ${what}: choose one with sources.root.tree; it has: ${trees.join(', ')}`);
}

/** Opens a file and one of its trees; the caller closes `handle`. */
export const openTree = (path: string, wanted: string | undefined): Promise<OpenTree> =>
  quietly(() => openLoudly(path, wanted));

async function openLoudly(path: string, wanted: string | undefined): Promise<OpenTree> {
  const io = await jsroot(path);
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const bytesAt = reader(handle, size);
    const file = await io.openFile(
      Object.assign(new io.FileProxy(), {
        openFile: () => Promise.resolve(true),
        getFileName: () => path,
        getFileSize: () => size,
        readBuffer: bytesAt,
      }),
    );
    const tree = (await file.readObject(await chosenTree(path, file, wanted))) as TTree;
    const columns = [];
    const others = new Map<string, string>();
    const branches = new Map<string, { branch: TBranch; values: Values }>();
    for (const [name, branch] of branchesOf(tree.fBranches.arr)) {
      const values = valuesOf(branch);
      if (values === undefined || branch.fEntries !== tree.fEntries || (branch.fFirstEntry ?? 0) !== 0) {
        others.set(name, typeOf(branch));
        continue;
      }
      columns.push({ name, list: values.jagged || values.length > 1 });
      branches.set(name, { branch, values });
    }
    return { file, handle, bytesAt, info: { columns, others, events: tree.fEntries }, branches };
  } catch (thrown) {
    await handle.close();
    throw thrown instanceof Problem ? thrown : damaged(path, messageOf(thrown), thrown);
  }
}
