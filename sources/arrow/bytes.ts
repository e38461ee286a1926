import { open } from 'node:fs/promises';
import { wrongSample, type Problem } from '../../operators/problem.js';

/** Where Arrow data lies: a file or a message in memory, read in parts. */
export interface Bytes {
  readonly size: number;
  /**
   * `length` bytes at `at`, a place within `size`. They begin at a multiple of 8 in their buffer, so that typed arrays can be
   * laid over them, and are not to be written to: others may be shown the same.
   */
  readonly read: (at: number, length: number) => Uint8Array | Promise<Uint8Array>;
  /** What to throw if the data is cut off or damaged at a byte. */
  readonly damaged: (byte: number, what: string, cause?: unknown) => Problem;
}

export interface FileBytes extends Bytes {
  readonly close: () => Promise<void>;
}

export async function fileBytes(path: string): Promise<FileBytes> {
  const handle = await open(path);
  const damaged: Bytes['damaged'] = (byte, what, cause) =>
    wrongSample(`${path}: Arrow file is cut off or damaged at byte ${byte} (${what}): write it again`, cause);
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
      if (bytesRead === 0) throw damaged(at + done, `${length - done} bytes are missing`);
      done += bytesRead;
    }
    return bytes;
  };
  try {
    const { size } = await handle.stat();
    return { size, read, damaged, close: () => handle.close() };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** Bytes in memory: views of them where they are aligned, else copies. */
export function memoryBytes(bytes: Uint8Array): Bytes {
  const { buffer, byteOffset, length: size } = bytes;
  const damaged: Bytes['damaged'] = (byte, what, cause) =>
    wrongSample(`Arrow message is cut off or damaged at byte ${byte} (${what}): write it again`, cause);
  const read = (at: number, length: number): Uint8Array => {
    if (at + length > size) throw damaged(size, `${at + length - size} bytes are missing`);
    const view = new Uint8Array(buffer, byteOffset + at, length);
    return view.byteOffset % 8 === 0 ? view : view.slice();
  };
  return { size, read, damaged };
}
