import { wrongSample } from '../../operators/problem.js';

/** The part of jsroot that is used here: it opens files, reads objects by their dictionary and expands buffers. */
export interface Key {
  readonly fName: string;
  readonly fClassName: string;
  readonly fCycle: number;
}

export interface RootFile {
  readonly fKeys: readonly Key[];
  readonly readObject: (name: string) => Promise<unknown>;
}

export interface RootBuffer {
  readonly arr: DataView;
  readonly classStreamer: (into: object, name: string) => unknown;
}

interface Io {
  readonly FileProxy: new () => object;
  readonly TBuffer: new (bytes: DataView, at: number, file: RootFile) => RootBuffer;
  readonly openFile: (proxy: object) => Promise<RootFile>;
  readonly R__unzip: (bytes: DataView, size: number, quiet: boolean, from: number) => Promise<DataView | null>;
}

/** jsroot is an optional peer dependency: it weighs more than all others together. */
export async function jsroot(path: string): Promise<Io> {
  try {
    // @ts-expect-error -- jsroot declares no types for its parts
    const io: unknown = await import('jsroot/io');
    return io as Io;
  } catch (thrown) {
    throw wrongSample(`${path}: ROOT files are read with jsroot, which is not installed: npm install jsroot`, thrown);
  }
}
