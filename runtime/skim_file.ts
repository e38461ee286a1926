import { closeSync, mkdtempSync, openSync, readSync, rmSync, write, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, Problem } from '../operators/problem.js';

/** A temporary file of chunks, made when the first is written. */
export interface SkimFile {
  readonly folder: string;
  file: { fd: number; path: string; end: number } | null;
  /** What chunks of the file are read into. */
  buffer: ArrayBuffer;
}

function openFile(store: SkimFile): { fd: number; path: string; end: number } {
  const path = join(mkdtempSync(join(store.folder, 'regimewatch-')), 'skim');
  store.file = { fd: openSync(path, 'wx+', 0o600), path, end: 0 };
  // Where the system allows it the name goes at once, so that a killed process leaves nothing behind.
  if (process.platform !== 'win32') removeFolder(path);
  return store.file;
}

const noRoom = ({ folder }: SkimFile, error: unknown): Problem =>
  new Problem(1, `temporary folder ${folder}: ${messageOf(error)}; set TMPDIR to one with more room`, { cause: error });

/** Writes these bytes one after the other from `at` on. */
export function writeBytes(store: SkimFile, parts: readonly Uint8Array[], at: number): void {
  try {
    const file = store.file ?? openFile(store);
    let to = at;
    for (const bytes of parts) {
      for (let done = 0; done < bytes.length;) done += writeSync(file.fd, bytes, done, bytes.length - done, to + done);
      to += bytes.length;
    }
    file.end = Math.max(file.end, to);
  } catch (error) {
    throw noRoom(store, error);
  }
}

const writeLater = promisify(write);

/**
 * Writes these bytes at the end of the file while others work on; they must not change until the promise is kept.
 * `file.end` is behind them at once.
 */
export async function writeBehind(store: SkimFile, bytes: Uint8Array): Promise<void> {
  try {
    const file = store.file ?? openFile(store);
    const at = file.end;
    file.end += bytes.length;
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await writeLater(file.fd, bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
  } catch (error) {
    throw noRoom(store, error);
  }
}

/** Fills `into` from the file's byte `from` on. */
export function readBytes({ file }: SkimFile, into: Uint8Array, from: number): void {
  for (let done = 0; done < into.length;) {
    const n = readSync(file!.fd, into, done, into.length - done, from + done);
    if (n === 0) throw new Problem(1, `temporary file ${file!.path}: shorter than what was written to it`);
    done += n;
  }
}

export function closeFile(store: SkimFile): void {
  if (store.file === null) return;
  closeSync(store.file.fd);
  removeFolder(store.file.path);
  store.file = null;
}

function removeFolder(path: string): void {
  rmSync(dirname(path), { recursive: true, force: true });
}
