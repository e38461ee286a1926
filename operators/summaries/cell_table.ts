/**
 * Counts by cell and group. `codes` holds a row of `dimensions` codes a cell, `n` a row of counts (one a group) a cell;
 * both have room for more than `size` cells. `table` is the hash table of the cells (index + 1, 0 free).
 */
export interface CellTable {
  readonly dimensions: number;
  readonly groups: number;
  size: number;
  codes: Uint32Array;
  n: Float64Array;
  table: Int32Array;
}

/** Index of the cell `key[0 .. dimensions)`, made if it is new. */
export function cellOf(cells: CellTable, key: Uint32Array): number {
  const { dimensions } = cells;
  if ((cells.size + 1) * dimensions > cells.codes.length || cells.table.length === 0) grow(cells);
  const { table, codes } = cells;
  const mask = table.length - 1;
  for (let probe = hash(key, 0, dimensions) & mask; ; probe = (probe + 1) & mask) {
    const found = table[probe]! - 1;
    if (found < 0) {
      for (let d = 0; d < dimensions; d++) codes[cells.size * dimensions + d] = key[d]!;
      table[probe] = ++cells.size;
      return cells.size - 1;
    }
    let same = true;
    for (let d = 0; d < dimensions; d++) if (codes[found * dimensions + d] !== key[d]) same = false;
    if (same) return found;
  }
}

/** Cells in the order of their codes, without spare room and hash table: one content, one set of bits. */
export function sortCells(cells: CellTable): void {
  const { dimensions, groups, size } = cells;
  const order = Array.from({ length: size }, (_, cell) => cell).sort((a, b) => {
    for (let d = 0; d < dimensions; d++) {
      const difference = cells.codes[a * dimensions + d]! - cells.codes[b * dimensions + d]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const codes = new Uint32Array(size * dimensions);
  const n = new Float64Array(size * groups);
  order.forEach((cell, at) => {
    codes.set(cells.codes.subarray(cell * dimensions, (cell + 1) * dimensions), at * dimensions);
    n.set(cells.n.subarray(cell * groups, (cell + 1) * groups), at * groups);
  });
  Object.assign(cells, { codes, n, table: new Int32Array(0) });
}

function hash(codes: Uint32Array, at: number, dimensions: number): number {
  let h = 0;
  for (let d = 0; d < dimensions; d++) h = Math.imul(h ^ codes[at + d]! ^ (h >>> 15), 0x9e3779b1);
  return h ^ (h >>> 13);
}

function nextPowerOfTwo(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

const grow = (cells: CellTable): void => {
  makeRoomFor(cells, Math.max(64, 2 * cells.size));
};

/** Makes room for so many cells and rebuilds the table, which stays at least half empty. */
export function makeRoomFor(cells: CellTable, room: number): void {
  const { dimensions, groups, size } = cells;
  const codes = new Uint32Array(room * dimensions);
  codes.set(cells.codes.subarray(0, size * dimensions));
  const n = new Float64Array(room * groups);
  n.set(cells.n.subarray(0, size * groups));
  const table = new Int32Array(2 * nextPowerOfTwo(room));
  for (let cell = 0; cell < size; cell++) {
    let probe = hash(codes, cell * dimensions, dimensions) & (table.length - 1);
    while (table[probe] !== 0) probe = (probe + 1) & (table.length - 1);
    table[probe] = cell + 1;
  }
  Object.assign(cells, { codes, n, table });
}
