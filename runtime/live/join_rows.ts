import type { SkimChunk } from '../skim.js';
import { keyOrder } from './key_order.js';

/** Rows of one side in the order of its log, each with its window's number and its key (identity.ts). */
export interface SideRows {
  readonly length: number;
  readonly window: Float64Array;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly position: Float64Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** reco rows = matched + recoOnly + recoDuplicate, and so for truth. `…Only`: no partner came in time. */
export interface JoinCounts {
  readonly matched: number;
  readonly recoOnly: number;
  readonly truthOnly: number;
  readonly recoDuplicate: number;
  readonly truthDuplicate: number;
}

export interface JoinedWindow {
  readonly rows: SideRows;
  readonly counts: JoinCounts;
}

/**
 * Inner join of a window's rows by key. Of a side's rows with one key the first is used, the others are duplicates. The
 * matched rows rise with the key as an unsigned number, so they do not depend on which side came first; their position
 * is the reconstruction's. Sort-merge join (Graefe, ACM Computing Surveys 25 (1993) 73, § 5.3).
 */
export function joinRows(
  window: number,
  names: { readonly reco: readonly string[]; readonly truth: readonly string[] },
  recoChunks: readonly SkimChunk[],
  truthChunks: readonly SkimChunk[],
): JoinedWindow {
  const reco = distinctKeys(recoChunks);
  const truth = distinctKeys(truthChunks);
  const recoRows = new Uint32Array(Math.min(reco.rows.length, truth.rows.length));
  const truthRows = new Uint32Array(recoRows.length);
  let n = 0;
  for (let r = 0, t = 0; r < reco.rows.length && t < truth.rows.length;) {
    const a = reco.rows[r]!;
    const b = truth.rows[t]!;
    const order = reco.keyHi[a]! - truth.keyHi[b]! || reco.keyLo[a]! - truth.keyLo[b]!;
    if (order === 0) {
      recoRows[n] = a;
      truthRows[n++] = b;
    }
    if (order <= 0) r++;
    if (order >= 0) t++;
  }
  const fromReco = recoRows.subarray(0, n);
  const fromTruth = truthRows.subarray(0, n);
  const columns = new Map<string, Float64Array>();
  for (const name of names.reco) columns.set(name, pick(doubles(recoChunks, name), fromReco));
  for (const name of names.truth) columns.set(name, pick(doubles(truthChunks, name), fromTruth));
  const rows: SideRows = {
    length: n,
    window: new Float64Array(n).fill(window),
    keyLo: fromReco.map((row) => reco.keyLo[row]!),
    keyHi: fromReco.map((row) => reco.keyHi[row]!),
    position: pick(doubles(recoChunks, null), fromReco),
    columns,
  };
  const counts = {
    matched: n,
    recoOnly: reco.rows.length - n,
    truthOnly: truth.rows.length - n,
    recoDuplicate: reco.keyLo.length - reco.rows.length,
    truthDuplicate: truth.keyLo.length - truth.rows.length,
  };
  return { rows, counts };
}

/** The keys of all chunks, and the first row of each in the order of the keys. */
function distinctKeys(chunks: readonly SkimChunk[]): { keyLo: Uint32Array; keyHi: Uint32Array; rows: Uint32Array } {
  const total = rowsOf(chunks);
  const keyLo = new Uint32Array(total);
  const keyHi = new Uint32Array(total);
  let at = 0;
  for (const chunk of chunks) {
    keyLo.set(chunk.keyLo, at);
    keyHi.set(chunk.keyHi, at);
    at += chunk.length;
  }
  const order = keyOrder(keyLo, keyHi, total);
  const rows = new Uint32Array(total);
  let n = 0;
  for (let i = 0; i < total; i++) {
    const row = order[i]!;
    const before = i === 0 ? row : order[i - 1]!;
    if (i === 0 || keyLo[row] !== keyLo[before] || keyHi[row] !== keyHi[before]) rows[n++] = row;
  }
  return { keyLo, keyHi, rows: rows.subarray(0, n) };
}

const rowsOf = (chunks: readonly SkimChunk[]): number => chunks.reduce((sum, { length }) => sum + length, 0);

/** A column of all chunks in one; null: the positions. */
function doubles(chunks: readonly SkimChunk[], name: string | null): Float64Array {
  const out = new Float64Array(rowsOf(chunks));
  let at = 0;
  for (const { position, columns, length } of chunks) {
    out.set(name === null ? position : columns.get(name)!, at);
    at += length;
  }
  return out;
}

function pick(column: Float64Array, rows: Uint32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]!]!;
  return out;
}
