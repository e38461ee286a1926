import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { messageOf, wrongSample } from '../../operators/problem.js';

const PIECE = 256 * 1024;
/**
 * Event files unfold five- to eightfold, so that one compressed piece fits what zlib fills at once: each further filling
 * waits until the reader lets go of the event loop. No larger, because a piece may unfold a thousandfold.
 */
const GZIP_PIECE = 64 * 1024;
const UNZIPPED = 512 * 1024;

/** The uncompressed bytes of a file, in pieces. */
export interface ByteStream {
  readonly pieces: AsyncGenerator<Buffer>;
  /** True once the stream has ended before the end of its gzip data. */
  endsEarly: boolean;
}

/** Opens a file, plain or gzip (known by its first two bytes). Corrupt gzip data throw zlib's error: see `gzipProblem`. */
export function openBytes(path: string, onBytes?: (bytes: number) => void): ByteStream {
  const stream: ByteStream = { pieces: pieces(), endsEarly: false };
  return stream;

  async function* pieces(): AsyncGenerator<Buffer> {
    const gzip = await isGzip(path);
    const file = fileBytes(path, gzip ? GZIP_PIECE : PIECE, onBytes);
    if (gzip) stream.endsEarly = yield* unzipped(file);
    else yield* file;
  }
}

async function isGzip(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw wrongSample(`${path}: this is a directory; name the files in it`);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw cannotRead(path, thrown);
  }
}

const cannotRead = (path: string, thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown
    ? wrongSample(`${path}: cannot be read (${messageOf(thrown)})`, thrown)
    : thrown;

async function* fileBytes(path: string, size: number, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer> {
  let read = 0;
  const file = createReadStream(path, { highWaterMark: size });
  try {
    for await (const piece of file as AsyncIterable<Buffer>) {
      read += piece.length;
      onBytes?.(read);
      yield piece;
    }
  } catch (thrown) {
    throw cannotRead(path, thrown);
  } finally {
    file.destroy();
  }
}

/**
 * Unzips one piece after the other and yields all that comes of it before the next is given: a stream that is piped
 * loses what it has not yet delivered when an error comes. While a piece is unzipped (in zlib's own thread), the reader
 * works on the one before. Returns true if the data end too early.
 */
async function* unzipped(file: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, boolean> {
  const gunzip = createGunzip({ chunkSize: UNZIPPED });
  let ready: Buffer[] = [];
  let failure: Error | undefined;
  gunzip.on('data', (piece: Buffer) => ready.push(piece));
  gunzip.on('error', (error) => (failure = error));
  // After an error no callback of `write` or `end` comes, only this.
  const closed = new Promise((resolve) => gunzip.once('close', resolve));
  const takeReady = (): Buffer[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for await (const piece of file) {
      const before = takeReady();
      const done = new Promise((resolve) => gunzip.write(piece, resolve));
      yield* before;
      await Promise.race([done, closed]);
      while (gunzip.readableLength > 0 && !gunzip.destroyed) await turn();
      if (gunzip.destroyed) break;
    }
    yield* takeReady();
    if (!gunzip.destroyed) {
      gunzip.end();
      await closed;
      yield* takeReady();
    }
    if (failure === undefined) return false;
    if ('code' in failure && failure.code === 'Z_BUF_ERROR') return true;
    throw failure;
  } finally {
    gunzip.destroy();
    await file.return(undefined);
  }
}

/** What zlib threw, as a Problem that says how many events were read; anything else as it is. */
export function gzipProblem(name: string, thrown: unknown, events: number): unknown {
  if (!(thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_'))) return thrown;
  const what = `the gzip data are corrupt (${thrown.message}); ${events} events were read before`;
  return wrongSample(`${name}: ${what}; fetch the file again`, thrown);
}
