/** A leaf: one quantity of a branch. */
export interface Leaf {
  readonly _typename: string;
  readonly fName: string;
  readonly fLen: number;
  readonly fIsUnsigned?: boolean;
  readonly fLeafCount?: object | null;
}

/** A basket that the tree itself holds, not yet written apart. */
export interface EmbeddedBasket {
  readonly fKeylen: number;
  readonly fNevBuf: number;
  readonly fLast: number;
  readonly fEntryOffset?: ArrayLike<number> | null;
  readonly fBufferRef?: { readonly arr: DataView } | null;
}

export interface TBranch {
  readonly _typename: string;
  readonly fName: string;
  readonly fEntries: number;
  readonly fFirstEntry?: number;
  readonly fWriteBasket: number;
  readonly fBasketEntry: ArrayLike<number>;
  readonly fBasketSeek: ArrayLike<number>;
  readonly fBasketBytes: ArrayLike<number>;
  readonly fEntryOffsetLen: number;
  readonly fFileName?: string;
  readonly fClassName?: string;
  readonly fStreamerType?: number;
  readonly fLeaves: { readonly arr: readonly Leaf[] };
  readonly fBranches: { readonly arr: readonly TBranch[] };
  readonly fBaskets: { readonly arr: readonly (EmbeddedBasket | null | undefined)[] };
}

export interface TTree {
  readonly fEntries: number;
  readonly fBranches: { readonly arr: readonly TBranch[] };
}

export type Storage = 'bool' | 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'f32' | 'f64';

/**
 * How the values of a branch lie in its baskets: so many an event (`length`), or as many as the bytes of the event
 * hold after `header` bytes (jagged; the limits of each event are stored in the basket).
 */
export interface Values {
  readonly storage: Storage;
  readonly jagged: boolean;
  readonly length: number;
  readonly header: number;
}

const leafStorage: Readonly<Record<string, readonly [Storage, Storage]>> = {
  TLeafF: ['f32', 'f32'],
  TLeafD: ['f64', 'f64'],
  TLeafO: ['bool', 'bool'],
  TLeafB: ['i8', 'u8'],
  TLeafS: ['i16', 'u16'],
  TLeafI: ['i32', 'u32'],
  TLeafL: ['i64', 'u64'],
  TLeafG: ['i64', 'u64'],
};

/** Types of a streamer element of ROOT that are plain numbers. */
const streamerStorage: Readonly<Record<number, Storage>> = {
  1: 'i8',
  2: 'i16',
  3: 'i32',
  4: 'i64',
  5: 'f32',
  8: 'f64',
  11: 'u8',
  12: 'u16',
  13: 'u32',
  14: 'u64',
  16: 'i64',
  17: 'u64',
  18: 'bool',
};

const vectorStorage: Readonly<Record<string, Storage>> = {
  float: 'f32',
  double: 'f64',
  char: 'i8',
  'unsigned char': 'u8',
  short: 'i16',
  'unsigned short': 'u16',
  int: 'i32',
  'unsigned int': 'u32',
  long: 'i64',
  'unsigned long': 'u64',
  Long64_t: 'i64',
  ULong64_t: 'u64',
};

/** How to read a branch; undefined if it holds anything but numbers, or several quantities at once. */
export function valuesOf(branch: TBranch): Values | undefined {
  const [leaf, ...others] = branch.fLeaves.arr;
  if (leaf === undefined || others.length > 0 || branch.fBranches.arr.length > 0 || branch.fFileName) return undefined;
  const jagged = leaf.fLeafCount !== undefined && leaf.fLeafCount !== null;
  const plain = leafStorage[leaf._typename]?.[leaf.fIsUnsigned === true ? 1 : 0];
  if (plain !== undefined) return { storage: plain, jagged, length: leaf.fLen, header: 0 };
  if (leaf._typename !== 'TLeafElement' || jagged) return undefined;
  const member = streamerStorage[branch.fStreamerType ?? -1];
  if (member !== undefined && leaf.fLen === 1) return { storage: member, jagged, length: 1, header: 0 };
  const element = /^(?:std::)?vector<([\w ]+)>$/.exec(branch.fClassName ?? '')?.[1];
  const storage = element === undefined ? undefined : vectorStorage[element.trim()];
  // Before the values of an event stand a byte count, a version and the number of values: 4 + 2 + 4 bytes.
  return storage && { storage, jagged: true, length: 1, header: 10 };
}

export const typeOf = (branch: TBranch): string =>
  branch.fClassName || branch.fLeaves.arr.map((leaf) => leaf._typename).join(' + ') || branch._typename;

/** All branches by name, those below others as well. */
export function branchesOf(branches: readonly TBranch[], found = new Map<string, TBranch>()): Map<string, TBranch> {
  for (const branch of branches) {
    if (!found.has(branch.fName)) found.set(branch.fName, branch);
    branchesOf(branch.fBranches.arr, found);
  }
  return found;
}
