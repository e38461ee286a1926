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

/** An array member, as the file's dictionary states it. */
interface Shape {
  readonly fArrayDim: number;
  readonly fArrayLength: number;
}

export interface RootBuffer {
  readonly arr: DataView;
  readonly classStreamer: (into: object, name: string) => unknown;
  readonly remain: () => number;
  readNdimArray: (this: RootBuffer, shape: Shape, each: unknown) => unknown;
}

interface Io {
  readonly FileProxy: new () => object;
  readonly TBuffer: { readonly prototype: RootBuffer } & (new (
    bytes: DataView,
    at: number,
    file: RootFile,
  ) => RootBuffer);
  readonly openFile: (proxy: object) => Promise<RootFile>;
  readonly R__unzip: (bytes: DataView, size: number, quiet: boolean, from: number) => Promise<DataView | null>;
}

let loaded: Io | undefined;

/** jsroot makes arrays as large as a dictionary says before it reads them; a damaged one would fill the memory. */
function bounded(io: Io): Io {
  const { prototype } = io.TBuffer;
  const { readNdimArray } = prototype;
  prototype.readNdimArray = function (shape, each) {
    // TStreamerElement has room for five dimensions.
    if (!(shape.fArrayDim <= 5 && shape.fArrayLength <= this.remain())) throw new Error('its dictionary is damaged');
    return readNdimArray.call(this, shape, each);
  };
  return io;
}

/** jsroot is an optional peer dependency: it weighs more than all others together. */
export async function jsroot(path: string): Promise<Io> {
  if (loaded !== undefined) return loaded;
  try {
    // @ts-expect-error -- jsroot declares no types for its parts
    const io: unknown = await import('jsroot/io');
    return (loaded ??= bounded(io as Io));
  } catch (thrown) {
    throw wrongSample(`${path}: ROOT files are read with jsroot, which is not installed: npm install jsroot`, thrown);
  }
}
